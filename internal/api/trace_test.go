package api

import (
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestTraceEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		project := f.project("demo")
		user := f.user()
		begin := time.Now()
		byTime, byStop := f.startTrace("demo", 2), f.startTrace("demo", 3)
		get := func(t0 traceJSON) traceJSON {
			var out traceJSON
			user.get(project + "/traces/" + t0.Name).want(http.StatusOK).into(&out)
			return out
		}
		if got := get(byTime); got.State != stateActive || got.End.Sub(begin) != 2*time.Hour {
			t.Errorf("after its start: %+v", got)
		}
		time.Sleep(time.Hour)
		for range 2 { // stopping it again changes nothing
			user.post(project+"/traces/"+byStop.ID+"/stop", "").want(http.StatusOK)
			if got := get(byStop); got.State != stateEnded || got.End.Sub(begin) != time.Hour {
				t.Errorf("after its stop: %+v", got)
			}
			time.Sleep(time.Minute)
		}
		time.Sleep(time.Until(byTime.End))
		if got := get(byTime); got.State != stateEnded || !got.End.Equal(byTime.End) {
			t.Errorf("after its duration: %+v", got)
		}
	})
}

func TestListTraces(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		project := f.project("demo")
		var names []string // newest first
		for i := range 5 {
			trace := f.startTrace("demo", 1)
			names = slices.Insert(names, 0, trace.Name)
			if i < 2 {
				f.stopTrace("demo", trace)
			}
			time.Sleep(time.Second)
		}
		user := f.user()
		listed := func(query string) (got []string, next string) {
			var page list[traceJSON]
			user.get(project + "/traces" + query).want(http.StatusOK).into(&page)
			for _, trace := range page.Items {
				got = append(got, trace.Name)
			}
			return got, page.Next
		}
		for query, want := range map[string][]string{
			"":              names,
			"?state=active": names[:3],
			"?state=ended":  names[3:],
			"?limit=2":      names[:2],
			"?limit=5":      names,
		} {
			if got, _ := listed(query); !slices.Equal(got, want) {
				t.Errorf("%q: %q, want %q", query, got, want)
			}
		}
		var paged []string
		for query := "?limit=2"; ; {
			got, next := listed(query)
			paged = append(paged, got...)
			if next == "" {
				break
			}
			query = "?limit=2&cursor=" + next
		}
		if !slices.Equal(paged, names) {
			t.Errorf("all pages: %q, want %q", paged, names)
		}
	})
}

func TestTraceOfAnotherProject(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("demo")
	other := f.project("other")
	trace := f.startTrace("demo", 1)
	f.user().get(other + "/traces/" + trace.ID).wantProblem(codeTraceNotFound)
	f.user().post(other+"/traces/"+trace.Name+"/stop", "").wantProblem(codeTraceNotFound)
}
