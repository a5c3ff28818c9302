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
		time.Sleep(time.Until(*byTime.End))
		if got := get(byTime); got.State != stateEnded || !got.End.Equal(*byTime.End) {
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

func TestListTracesByState(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		project := f.project("demo")
		ended := f.startTrace("demo", 1)
		f.stopTrace("demo", ended)
		time.Sleep(time.Second)
		active := f.startTrace("demo", 1)
		time.Sleep(time.Second)
		waiting := f.startWindow("demo",
			`{"schedule":{"weekdays":["mon"],"from":"09:00","to":"10:00","time_zone":"UTC"}}`)
		for state, want := range map[string][]string{
			"active": {active.ID}, "waiting": {waiting.ID}, "ended": {ended.ID}, "open": {waiting.ID, active.ID},
		} {
			var page list[traceJSON]
			f.user().get(project + "/traces?state=" + state).want(http.StatusOK).into(&page)
			var got []string
			for _, trace := range page.Items {
				got = append(got, trace.ID)
				if state != "open" && trace.State != state {
					t.Errorf("%s has the state %s", trace.Name, trace.State)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", state, got, want)
			}
		}
		var demo projectJSON
		f.user().get(project).want(http.StatusOK).into(&demo)
		if demo.ActiveTraces != 1 {
			t.Errorf("%d active traces, want 1", demo.ActiveTraces)
		}
	})
}

func TestChangeTrace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		project := f.project("demo")
		trace, other := f.startTrace("demo", 1), f.startTrace("demo", 1)
		endless := f.startWindow("demo", `{"until_stopped":true}`)
		path := project + "/traces/"
		change := func(body string) (got traceJSON) {
			f.user().do("PATCH", path+trace.ID, body).want(http.StatusOK).into(&got)
			return got
		}
		if got := change(`{"name":"Black Friday"}`); got.Name != "Black Friday" || !got.End.Equal(*trace.End) {
			t.Errorf("after a new name: %+v", got)
		}
		if got := change(`{"extend_hours":720}`); got.Name != "Black Friday" || got.End.Sub(*trace.End) != 720*time.Hour {
			t.Errorf("after a new end: %+v", got)
		}
		if got := change(`{"name":"both","extend_hours":1}`); got.Name != "both" || got.End.Sub(*trace.End) != 721*time.Hour {
			t.Errorf("after both: %+v", got)
		}
		f.stopTrace("demo", other)
		for _, c := range []struct {
			of     traceJSON
			body   string
			code   code
			detail string
		}{
			{trace, `{}`, codeInvalidRequest, `"name" is missing`},
			{trace, `{"name":""}`, codeInvalidRequest, `"name" is missing`},
			{trace, `{"name":"a/b"}`, codeInvalidRequest, `"/"`},
			{trace, `{"name":"` + trace.ID + `"}`, codeInvalidRequest, "must not look like a trace id"},
			{trace, `{"name":"` + other.Name + `","extend_hours":1}`, codeTraceExists, "choose another name"},
			{trace, `{"extend_hours":0}`, codeInvalidRequest, "from 1 to 720"},
			{trace, `{"extend_hours":721}`, codeInvalidRequest, "from 1 to 720"},
			{other, `{"name":"x","extend_hours":1}`, codeTraceEnded, "start a new one"},
			{endless, `{"extend_hours":1}`, codeInvalidRequest, "has no end"},
		} {
			f.user().do("PATCH", path+c.of.ID, c.body).wantProblem(c.code, c.detail)
		}
	})
}

func TestDeleteTrace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		project := f.project("demo")
		trace, other := f.startTrace("demo", 1), f.startTrace("demo", 1)
		p := f.daemon().poll("demo", ids([]traceJSON{trace, other}), 30)
		time.Sleep(time.Second)
		f.user().delete(project + "/traces/" + trace.Name).want(http.StatusNoContent)

		a, took := p.wait()
		var got pollResponseJSON
		a.want(http.StatusOK).into(&got)
		if took != time.Second || len(got.Traces) != 1 || got.Traces[0].ID != other.ID {
			t.Errorf("after %v: %+v, want only the other trace", took, got)
		}
		f.user().get(project + "/traces/" + trace.ID).wantProblem(codeTraceNotFound)
		f.user().delete(project + "/traces/" + trace.ID).wantProblem(codeTraceNotFound)
	})
}
