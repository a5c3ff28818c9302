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
			t.Errorf("page by page %q, want %q", paged, names)
		}
	})
}

func TestTracesOfOneProjectAreNotAnothers(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("demo")
	other := f.project("other")
	trace := f.startTrace("demo", 1)
	f.user().get(other + "/traces/" + trace.ID).wantProblem(codeTraceNotFound)
	f.user().post(other+"/traces/"+trace.Name+"/stop", "").wantProblem(codeTraceNotFound)
}

func TestProjectsCountWhatIsOn(t *testing.T) {
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
			t.Errorf("%d clients of an unhealthy daemon", got.Clients)
		}
		time.Sleep(time.Hour)
		if got := counts(); got.ActiveTraces != 0 {
			t.Errorf("%d traces after an hour", got.ActiveTraces)
		}
	})
}

func TestDaemonStates(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		project := f.project("demo")
		f.project("other")
		f.beat(f.daemon(), "demo")
		begin := time.Now()
		user := f.user()
		for _, tc := range []struct {
			at    time.Duration
			state daemonState // "" for gone
		}{
			{0, healthy},
			{unhealthyAfter, healthy},
			{unhealthyAfter + time.Second, unhealthy},
			{goneAfter, unhealthy},
			{goneAfter + time.Second, ""},
		} {
			time.Sleep(time.Until(begin.Add(tc.at)))
			var daemons list[daemonJSON]
			user.get(project + "/daemons").want(http.StatusOK).into(&daemons)
			switch {
			case tc.state == "" && len(daemons.Items) > 0:
				t.Errorf("after %v: still listed", tc.at)
			case tc.state != "" && (len(daemons.Items) != 1 || daemons.Items[0].State != tc.state || len(daemons.Items[0].Clients) != 1):
				t.Errorf("after %v: %+v, want %s with one client", tc.at, daemons.Items, tc.state)
			}
		}
	})
}

func TestADaemonIsListedEverywhereWithTheClientsOfEachProject(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.beat(f.daemon(), "demo")
	for name, clients := range map[string]int{"demo": 1, "other": 0} {
		var daemons list[daemonJSON]
		f.user().get(f.project(name) + "/daemons").want(http.StatusOK).into(&daemons)
		if len(daemons.Items) != 1 || len(daemons.Items[0].Clients) != clients {
			t.Errorf("%s: %+v, want one daemon with %d clients", name, daemons.Items, clients)
		}
	}
}

func TestProjectsAreFoundByIDAndByNameInAnyCase(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("Über Demo")
	for _, name := range []string{"%C3%9Cber%20Demo", "%C3%BCber%20demo", f.projectID("über demo")} {
		f.user().get("/api/v1/projects/" + name).want(http.StatusOK)
	}
}

func TestModelOfOneTrace(t *testing.T) {
	t.Parallel()
	f := setup(t)
	project := f.project("demo")
	trace := f.startTrace("demo", 1)
	for _, idOrName := range []string{trace.ID, trace.Name} {
		f.user().get(project + "/model?trace=" + idOrName).want(http.StatusOK)
	}
}
