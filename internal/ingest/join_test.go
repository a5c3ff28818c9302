package ingest_test

import (
	"slices"
	"testing"
	"time"

	"akita/internal/ingest"
	"akita/internal/store"
)

// Hours become days after two weeks, and days become months after three.
func TestHoursAreJoined(t *testing.T) {
	t.Parallel()
	l, a, _ := newTimeline(t, setup(t))
	for _, after := range []time.Duration{0, time.Hour, 30 * time.Hour, 20 * 24 * time.Hour} {
		l.now = start.Add(after)
		l.send(t, a, call(after, 0))
	}
	for _, c := range []struct {
		days int // after start
		want []int
	}{
		{13, []int{1, 1, 1, 1}},
		{14, []int{1, 1, 1, 1}}, // the first day is not over for all of two weeks
		{15, []int{24, 1, 1}},
		{40, []int{24, 24, 24}},
		{121, []int{31 * 24}},
	} {
		l.now = start.Add(time.Duration(c.days) * 24 * time.Hour)
		l.join(t)
		if got := l.spans(t, a); !slices.Equal(got, c.want) {
			t.Errorf("after %d days, the units have %v hours, want %v", c.days, got, c.want)
		}
		l.check(t, ingest.Scope{ProjectID: a.ProjectID})
	}
}

// spans returns the hours of the units of a trace, in order.
func (l *timeline) spans(t *testing.T, trace store.Trace) (hours []int) {
	t.Helper()
	units, err := l.store.Units(t.Context(), store.Units{ProjectID: trace.ProjectID, Part: store.AnyPart})
	must(t, err)
	for _, u := range units {
		hours = append(hours, u.Hours)
	}
	return hours
}
