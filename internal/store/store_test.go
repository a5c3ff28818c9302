package store

import (
	"testing"
	"time"

	"akita/internal/schedule"
)

func TestStateOfTraces(t *testing.T) {
	t.Parallel()
	monday := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	office, err := schedule.New(schedule.Spec{Weekdays: []string{"mon"}, From: "09:00", To: "17:00", TimeZone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	at := func(hours float64) time.Time { return monday.Add(time.Duration(hours * float64(time.Hour))) }
	for name, c := range map[string]struct {
		trace         Trace
		hour          float64
		active, ended bool
		next          time.Time
	}{
		"before its end":            {Trace{End: at(10)}, 9.99, true, false, at(10)},
		"at its end":                {Trace{End: at(10)}, 10, false, true, time.Time{}},
		"after its end":             {Trace{End: at(10)}, 11, false, true, time.Time{}},
		"without an end":            {Trace{}, 11, true, false, time.Time{}},
		"before the hours":          {Trace{Schedule: office}, 8, false, false, at(9)},
		"in the hours":              {Trace{Schedule: office}, 9, true, false, at(17)},
		"after the hours":           {Trace{Schedule: office}, 17, false, false, at(9 + 7*24)},
		"ends in the hours":         {Trace{Schedule: office, End: at(12)}, 9, true, false, at(12)},
		"ends before the hours":     {Trace{Schedule: office, End: at(7)}, 1, false, false, at(7)},
		"ends after the hours":      {Trace{Schedule: office, End: at(18)}, 9, true, false, at(17)},
		"ended, while in the hours": {Trace{Schedule: office, End: at(10)}, 11, false, true, time.Time{}},
	} {
		now := at(c.hour)
		if got := c.trace.Active(now); got != c.active {
			t.Errorf("%s: active is %t", name, got)
		}
		if got := c.trace.Ended(now); got != c.ended {
			t.Errorf("%s: ended is %t", name, got)
		}
		if got := c.trace.NextChange(now); !got.Equal(c.next) {
			t.Errorf("%s: the next change is at %s, want %s", name, got, c.next)
		}
	}
}

func TestReachOfKeys(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		key  APIKey
		want bool
	}{
		"all projects":      {APIKey{AllProjects: true}, true},
		"its project":       {APIKey{ProjectIDs: []string{"svc_1", "svc_2"}}, true},
		"another project":   {APIKey{ProjectIDs: []string{"svc_1"}}, false},
		"of none that live": {APIKey{}, false},
	} {
		if got := c.key.Reaches("svc_2"); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
