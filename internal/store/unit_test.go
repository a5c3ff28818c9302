package store_test

import (
	"reflect"
	"testing"
	"time"

	"akita/internal/store"
)

func TestCaptureWithout(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		traces, repeats, rest, restRepeats []string
		differs                            bool
	}{
		"another trace":  {[]string{"a"}, []string{"c"}, []string{"a"}, []string{"c"}, false},
		"one of its own": {[]string{"a", "b"}, nil, []string{"a"}, nil, true},
		"its only one":   {[]string{"b"}, []string{"a"}, []string{}, []string{"a"}, true},
		"one it repeats": {[]string{"a"}, []string{"b", "c"}, []string{"a"}, []string{"c"}, true},
		"all it repeats": {[]string{"a"}, []string{"b"}, []string{"a"}, []string{}, true},
	} {
		capture := store.Capture{ID: 1, ProjectID: "p", TraceIDs: c.traces, Repeats: c.repeats}
		rest, differs := capture.Without("b")
		want := store.Capture{ID: 1, ProjectID: "p", TraceIDs: c.rest, Repeats: c.restRepeats}
		if !reflect.DeepEqual(rest, want) || differs != c.differs {
			t.Errorf("%s: %+v, %t; want %+v, %t", name, rest, differs, want, c.differs)
		}
	}
}

func TestSpan(t *testing.T) {
	t.Parallel()
	hour := func(text string) store.Hour {
		at, err := time.Parse("2006-01-02T15", text)
		if err != nil {
			t.Fatal(err)
		}
		return store.HourOf(at)
	}
	joined := store.Joined{Days: hour("2026-03-10T00"), Months: hour("2026-02-01T00")}
	for at, want := range map[string]struct {
		start string
		hours int
	}{
		"2026-03-10T07": {"2026-03-10T07", 1},
		"2026-03-10T00": {"2026-03-10T00", 1},
		"2026-03-09T23": {"2026-03-09T00", 24},
		"2026-02-01T00": {"2026-02-01T00", 24},
		"2026-01-31T23": {"2026-01-01T00", 31 * 24},
		"2024-02-29T12": {"2024-02-01T00", 29 * 24},
		"1969-12-31T23": {"1969-12-01T00", 31 * 24},
	} {
		start, hours := joined.Span(hour(at))
		if start != hour(want.start) || hours != want.hours {
			t.Errorf("%s is in the %d hours from %s, want %d from %s", at, hours, start.Time(), want.hours, want.start)
		}
	}
}

func TestHourOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]store.Hour{
		"1970-01-01T00:59:59Z": 0, "1970-01-01T01:00:00Z": 1, "1970-01-01T00:30:00+01:00": -1,
	} {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		if got := store.HourOf(at); got != want {
			t.Errorf("%s is in hour %d, want %d", text, got, want)
		}
	}
}
