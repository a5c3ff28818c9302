package api

import (
	"fmt"
	"net/http"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/schedule"
)

// startWindow starts a trace with the given body.
func (f *fixture) startWindow(project, body string) (trace traceJSON) {
	f.t.Helper()
	f.user().post("/api/v1/projects/"+project+"/traces", body).want(http.StatusCreated).into(&trace)
	return trace
}

func TestWindows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // the clock begins on Saturday, 2000-01-01 00:00 UTC
		f := setup(t)
		f.project("demo")
		inTwoHours := time.Now().UTC().Add(2 * time.Hour)
		office := schedule.Spec{Weekdays: []string{"mon", "tue"}, From: "09:00", To: "17:30", TimeZone: "Europe/Berlin"}
		weekend := schedule.Spec{Weekdays: []string{"sat"}, From: "00:00", To: "24:00", TimeZone: "UTC"}
		for body, want := range map[string]traceJSON{
			`{"duration_hours":2}`:   {State: stateActive, End: &inTwoHours},
			`{"until_stopped":true}`: {State: stateActive, UntilStopped: true},
			scheduled(office):        {State: stateWaiting, Schedule: &office},
			scheduled(weekend):       {State: stateActive, Schedule: &weekend},
		} {
			got := f.startWindow("demo", body)
			want.ID, want.Name, want.Start = got.ID, got.Name, time.Now().UTC()
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s:\ngot  %+v\nwant %+v", body, got, want)
			}
		}
	})
}

func scheduled(s schedule.Spec) string {
	return fmt.Sprintf(`{"schedule":{"weekdays":["%s"],"from":"%s","to":"%s","time_zone":"%s"}}`,
		joined(s.Weekdays), s.From, s.To, s.TimeZone)
}

func joined(days []string) (text string) {
	for i, day := range days {
		if i > 0 {
			text += `","`
		}
		text += day
	}
	return text
}

func TestEndlessTraceIsStopped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		project := f.project("demo")
		trace := f.startWindow("demo", `{"until_stopped":true}`)
		time.Sleep(2 * 365 * 24 * time.Hour)
		now := time.Now().UTC()
		var got traceJSON
		path := project + "/traces/" + trace.ID
		f.user().get(path).want(http.StatusOK).into(&got)
		if got.State != stateActive || !got.UntilStopped || got.End != nil {
			t.Errorf("before it is stopped: %+v", got)
		}
		f.user().post(path+"/stop", "").want(http.StatusOK).into(&got)
		if got.State != stateEnded || got.UntilStopped || !got.End.Equal(now) {
			t.Errorf("after it is stopped: %+v", got)
		}
	})
}

// A scheduled trace appears in the long poll at its hours, and disappears after them.
func TestPollFollowsTheSchedule(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // the clock begins on Saturday, 2000-01-01 00:00 UTC
		f := setup(t)
		f.project("demo")
		daemon := f.daemon()
		trace := f.startWindow("demo",
			`{"schedule":{"weekdays":["sat"],"from":"00:00","to":"00:10","time_zone":"America/New_York"}}`)
		midnight := time.Now().Add(5 * time.Hour)
		time.Sleep(time.Until(midnight) - 20*time.Second)

		for _, step := range []struct {
			known string
			at    time.Time
			end   time.Time // zero: no trace is active
		}{
			{"", midnight, midnight.Add(10 * time.Minute)},
			{`"` + trace.ID + `"`, midnight.Add(10 * time.Minute), time.Time{}},
		} {
			time.Sleep(time.Until(step.at) - 20*time.Second)
			a, took := daemon.poll("demo", step.known, 60).wait()
			var got pollResponseJSON
			a.want(http.StatusOK).into(&got)
			if took != 20*time.Second {
				t.Errorf("response after %v, want 20 s", took)
			}
			if active := len(got.Traces) == 1; active == step.end.IsZero() || active && !got.Traces[0].End.Equal(step.end) {
				t.Errorf("at %s: %+v, want an end at %s", step.at, got.Traces, step.end)
			}
		}
	})
}

// Daemons of every version expect a time as the end.
func TestPollOfAnEndlessTrace(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("demo")
	f.startWindow("demo", `{"until_stopped":true}`)
	a, _ := f.daemon().poll("demo", "", 0).wait()
	var got pollResponseJSON
	a.want(http.StatusOK).into(&got)
	if len(got.Traces) != 1 || got.Traces[0].End.Year() != 9999 {
		t.Errorf("traces are %+v", got.Traces)
	}
}
