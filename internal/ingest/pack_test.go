package ingest_test

import (
	"testing"
	"time"

	"akita/internal/ingest"
	"akita/internal/store"
)

// unpacked returns the first hour since an hour that is not packed.
func (l *timeline) unpacked(t *testing.T, of store.Trace, since store.Hour) store.Hour {
	t.Helper()
	first, found, err := l.store.Unpacked(t.Context(), of.ProjectID, since, store.HourOf(l.now)+1)
	must(t, err)
	if !found {
		t.Fatal("all is packed")
	}
	return first
}

// Days are packed when their series are by the hour. A late call unpacks what it changes, until the
// next hour.
func TestDaysThatAreOverArePacked(t *testing.T) {
	t.Parallel()
	l, a, b := newTimeline(t, setup(t))
	for l.now.Before(start.Add(6 * 24 * time.Hour)) {
		l.send(t, a, call(l.now.Sub(start), 0), call(l.now.Sub(start), 1))
		l.send(t, b, call(l.now.Sub(start), 0), call(l.now.Sub(start), 3))
		l.now = l.now.Add(5 * time.Hour)
	}
	l.join(t)
	first := store.HourOf(start)
	limit := store.HourOf(l.now.Add(-ingest.KeepMinutes).Truncate(24 * time.Hour))
	if got := l.unpacked(t, a, first); got < limit || got >= limit+24 {
		t.Fatalf("hours are packed until %s, want %s", got.Time(), limit.Time())
	}
	scopes := []ingest.Scope{
		{ProjectID: a.ProjectID}, {ProjectID: a.ProjectID, TraceID: b.ID},
		{ProjectID: a.ProjectID, From: first + 20, To: first + 51}, {ProjectID: a.ProjectID, To: first + 6},
	}
	check := func() {
		t.Helper()
		for _, of := range scopes {
			l.check(t, of)
		}
	}
	check()

	late := call(31*time.Hour, 0)
	l.send(t, b, late)
	check()
	if got := l.unpacked(t, a, first); store.HourOf(late.Start)-got > 24 {
		t.Errorf("a late call to %s unpacks %s", late.Start, got.Time())
	}
	l.now = l.now.Add(time.Hour)
	l.join(t)
	check()
	if got := l.unpacked(t, a, first); got < limit {
		t.Errorf("an hour later, %s is not packed", got.Time())
	}
	l.restart()
	l.send(t, b, late)
	must(t, l.worker.DeleteTrace(t.Context(), a.ProjectID, a.ID))
	delete(l.calls, a.ID)
	check()
}
