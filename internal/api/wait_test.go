package api

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/schedule"
	"akita/internal/store"
)

// poll is a running long poll.
type poll struct {
	begun    time.Time
	response chan *response
}

func (c *client) poll(project string, known string, waitSeconds int) *poll {
	p := &poll{begun: time.Now(), response: make(chan *response, 1)}
	body := fmt.Sprintf(`{"daemon":"d","active_trace_ids":[%s],"wait_seconds":%d}`, known, waitSeconds)
	go func() { p.response <- c.post("/api/v1/agent/projects/"+project+"/traces", body) }()
	return p
}

// wait returns the response and how long it took, by the clock of the bubble.
func (p *poll) wait() (*response, time.Duration) {
	a := <-p.response
	return a, time.Since(p.begun)
}

func (f *fixture) startTrace(project string, hours int) traceJSON {
	f.t.Helper()
	var trace traceJSON
	body := fmt.Sprintf(`{"duration_hours":%d}`, hours)
	f.user().post("/api/v1/projects/"+project+"/traces", body).want(http.StatusCreated).into(&trace)
	return trace
}

func (f *fixture) stopTrace(project string, trace traceJSON) {
	f.t.Helper()
	f.user().post("/api/v1/projects/"+project+"/traces/"+trace.ID+"/stop", "").want(http.StatusOK)
}

func TestPollTraces(t *testing.T) {
	t.Parallel()
	const later = 10 * time.Second
	for name, tc := range map[string]struct {
		active     int                                  // number of traces before the poll
		known      func(active []traceJSON) string      // active_trace_ids of the request
		then       func(f *fixture, active []traceJSON) // called after ten seconds
		wait       int                                  // seconds
		wantAfter  time.Duration
		wantTraces int
	}{
		"no change":     {wait: 30, wantAfter: 30 * time.Second},
		"no wait":       {wait: 0, wantAfter: 0},
		"unknown trace": {active: 1, wait: 30, wantAfter: 0, wantTraces: 1},
		"known trace":   {active: 1, known: ids, wait: 30, wantAfter: 30 * time.Second, wantTraces: 1},
		"duplicate ids": {active: 2, known: twice, wait: 30, wantAfter: 30 * time.Second, wantTraces: 2},
		"ended trace": {
			known: func([]traceJSON) string { return `"lrn_6EjLU2sINbfKRwmqeqQM8s"` },
			wait:  30, wantAfter: 0,
		},
		"a trace starts": {
			then: func(f *fixture, _ []traceJSON) { f.startTrace("demo", 1) },
			wait: 30, wantAfter: later, wantTraces: 1,
		},
		"a trace of another project starts": {
			then: func(f *fixture, _ []traceJSON) { f.startTrace("other", 1) },
			wait: 30, wantAfter: 30 * time.Second,
		},
		"a trace is stopped": {
			active: 2, known: ids,
			then: func(f *fixture, active []traceJSON) { f.stopTrace("demo", active[0]) },
			wait: 30, wantAfter: later, wantTraces: 1,
		},
		"the server stops": {
			active: 1, known: ids,
			then: func(f *fixture, _ []traceJSON) { f.Close() },
			wait: 30, wantAfter: later, wantTraces: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := setup(t)
				f.project("demo")
				f.project("other")
				daemon := f.daemon()
				var active []traceJSON
				for range tc.active {
					active = append(active, f.startTrace("demo", 1))
				}
				known := ""
				if tc.known != nil {
					known = tc.known(active)
				}
				p := daemon.poll("Demo", known, tc.wait)
				if tc.then != nil {
					time.Sleep(later)
					tc.then(f, active)
				}
				a, took := p.wait()
				var got pollResponseJSON
				a.want(http.StatusOK).into(&got)
				if took != tc.wantAfter {
					t.Errorf("response after %v, want %v", took, tc.wantAfter)
				}
				if len(got.Traces) != tc.wantTraces || got.ProjectName != "demo" {
					t.Errorf("response %+v, want %d traces of demo", got, tc.wantTraces)
				}
			})
		})
	}
}

func ids(active []traceJSON) string {
	text := ""
	for i, t := range active {
		if i > 0 {
			text += ","
		}
		text += `"` + t.ID + `"`
	}
	return text
}

func twice(active []traceJSON) string { return ids(active) + "," + ids(active) }

func TestPollTracesRespondsAtTheEndOfATrace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		f.project("demo")
		daemon := f.daemon()
		trace := f.startTrace("demo", 1)
		time.Sleep(time.Until(*trace.End) - 20*time.Second)
		a, took := daemon.poll("demo", `"`+trace.ID+`"`, 60).wait()
		a.want(http.StatusOK)
		if took != 20*time.Second {
			t.Errorf("response after %v, want 20 s", took)
		}
	})
}

func TestFirstTraceChange(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC) // a Monday
	office, err := schedule.New(schedule.Spec{Weekdays: []string{"mon"}, From: "09:00", To: "17:00", TimeZone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	endless, waiting, late := store.Trace{}, store.Trace{Schedule: office}, store.Trace{End: now.Add(2 * time.Hour)}
	for name, c := range map[string]struct {
		traces []store.Trace
		want   time.Time
	}{
		"no trace":               {nil, time.Time{}},
		"no end":                 {[]store.Trace{endless}, time.Time{}},
		"an end":                 {[]store.Trace{endless, late, endless}, late.End},
		"the hours begin":        {[]store.Trace{endless, waiting, late}, now.Add(time.Hour)},
		"an end, then the hours": {[]store.Trace{waiting, {End: now.Add(time.Minute)}}, now.Add(time.Minute)},
	} {
		if got := firstTraceChange(c.traces, now); !got.Equal(c.want) {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// countedStore counts the reads of active traces.
type countedStore struct {
	store.Store
	reads atomic.Int32
}

func (s *countedStore) OpenTraces(ctx context.Context, projectID string, now time.Time) ([]store.Trace, error) {
	s.reads.Add(1)
	return s.Store.OpenTraces(ctx, projectID, now)
}

func TestPollTracesIgnoresFoldsAndHeartbeats(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		f.project("demo")
		daemon := f.daemon()
		counted := &countedStore{Store: f.store}
		f.Handler.store = counted
		p := daemon.poll("demo", "", 30)
		for range 20 {
			time.Sleep(time.Second)
			f.ModelChanged(f.projectID("demo"))
			f.beat(daemon, "demo")
		}
		a, _ := p.wait()
		a.want(http.StatusOK)
		if reads := counted.reads.Load(); reads != 2 {
			t.Errorf("the active traces were read %d times, want 2: first and last", reads)
		}
	})
}

func TestPollTracesEndsWhenTheKeyIsRevoked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		f.project("demo")
		daemon := f.daemon()
		p := daemon.poll("demo", "", 60)
		time.Sleep(time.Second)
		f.user().delete("/api/v1/api-keys/" + daemon.key.ID).want(http.StatusNoContent)
		a, took := p.wait()
		a.wantProblem(codeInvalidAPIKey)
		if took != time.Second {
			t.Errorf("response after %v, want 1 s", took)
		}
	})
}
