package api

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

func TestProjectCounts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		project := f.project("Demo")
		f.project("other")
		f.startTrace("demo", 1)
		f.beat(f.daemon(), "DEMO")
		counts := func() (got projectJSON) {
			f.user().get(project).want(http.StatusOK).into(&got)
			return got
		}
		if got := counts(); got.ActiveTraces != 1 || got.Clients != 1 {
			t.Errorf("%d traces and %d clients, want one each", got.ActiveTraces, got.Clients)
		}
		time.Sleep(unhealthyAfter + time.Second)
		if got := counts(); got.ActiveTraces != 1 || got.Clients != 0 {
			t.Errorf("%d traces and %d clients, want 1 and 0", got.ActiveTraces, got.Clients)
		}
		time.Sleep(time.Hour)
		if got := counts(); got.ActiveTraces != 0 {
			t.Errorf("%d active traces after an hour, want 0", got.ActiveTraces)
		}
	})
}

func TestFindProjectByIDOrName(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("Über Demo")
	for _, name := range []string{"%C3%9Cber%20Demo", "%C3%BCber%20demo", f.projectID("über demo")} {
		f.user().get("/api/v1/projects/" + name).want(http.StatusOK)
	}
}
