package ingest_test

import (
	"testing"
	"time"

	"akita/internal/ingest"
	"akita/internal/store"
	"akita/internal/witness"
)

func (l *timeline) retain(t *testing.T, of store.Trace, days int) {
	t.Helper()
	must(t, l.store.SetRetention(t.Context(), of.ProjectID, days))
	must(t, l.worker.ApplyRetention(t.Context()))
}

func TestRetention(t *testing.T) {
	t.Parallel()
	l, a, b := newTimeline(t, setup(t))
	first, second := call(0, 0), call(time.Hour, 1)
	l.send(t, a, first)
	l.now = start.Add(time.Hour)
	l.send(t, b, second)
	l.retain(t, a, 0)
	for _, c := range []struct {
		now  time.Time
		want []witness.Witness
	}{
		// The hour of first is not over for two days.
		{start.Add(48 * time.Hour), []witness.Witness{first, second}},
		{start.Add(49 * time.Hour), []witness.Witness{second}},
		{start.Add(50*time.Hour - 1), []witness.Witness{second}},
		{start.Add(50 * time.Hour), nil},
	} {
		l.now = c.now
		l.retain(t, a, 2)
		l.calls = map[string][]witness.Witness{"": c.want}
		l.check(t, ingest.Scope{ProjectID: a.ProjectID})
	}
}

// The worker remembers units that it has folded: an expired one must not come back with a late
// call.
func TestLateCallDoesNotBringBackItsHour(t *testing.T) {
	t.Parallel()
	l, a, _ := newTimeline(t, setup(t))
	l.send(t, a, call(0, 0))
	l.now = start.Add(72 * time.Hour)
	l.retain(t, a, 2)
	l.calls = make(map[string][]witness.Witness)
	l.send(t, a, call(time.Minute, 0))
	l.check(t, ingest.Scope{ProjectID: a.ProjectID})
}

// The bytes of expired units go once a day, because that rewrites the database.
func TestExpiredUnitsArePurgedOnceADay(t *testing.T) {
	t.Parallel()
	p := setup(t)
	l, a, _ := newTimeline(t, p)
	named := func(word string) witness.Witness {
		w := call(l.now.Sub(start), 0)
		w.Template = "/" + word + "/"
		return w
	}
	l.send(t, a, named("firstword"))
	l.now = start.Add(2 * time.Hour)
	l.send(t, a, named("secondword"))
	for _, c := range []struct {
		after         time.Duration
		first, second bool // whether it is in a file
	}{
		{24 * time.Hour, true, true},
		{25 * time.Hour, false, true},
		{27 * time.Hour, false, true}, // deleted, not purged
		{49 * time.Hour, false, false},
	} {
		l.now = start.Add(c.after)
		l.retain(t, a, 1)
		first, second := p.filesWith(t, []byte("firstword")) != nil, p.filesWith(t, []byte("secondword")) != nil
		if first != c.first || second != c.second {
			t.Errorf("after %v: the first is there: %t, the second: %t", c.after, first, second)
		}
	}
	l.calls = nil
	l.check(t, ingest.Scope{ProjectID: a.ProjectID})
}
