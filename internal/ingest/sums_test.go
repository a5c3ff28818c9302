package ingest_test

import (
	"context"
	"testing"
	"time"

	"akita/internal/ingest"
	"akita/internal/store"
)

// reading counts the units that views read of a store.
type reading struct {
	store.Store
	units, sums int
}

func (r *reading) Units(ctx context.Context, of store.Units) ([]store.Unit, error) {
	units, err := r.Store.Units(ctx, of)
	if !of.Sums {
		return units, err
	}
	for _, u := range units {
		r.units++
		if u.Sum {
			r.sums++
		}
	}
	return units, err
}

// Days that are over, and months of days, are read as one sum of each part.
func TestRangesReadSums(t *testing.T) {
	t.Parallel()
	l, a, _ := newTimeline(t, setup(t))
	for l.now.Before(start.Add(110 * 24 * time.Hour)) {
		l.send(t, a, call(l.now.Sub(start), 0), call(l.now.Sub(start), 1))
		l.now = l.now.Add(7 * time.Hour)
	}
	l.join(t)
	r := &reading{Store: l.store}
	l.models = ingest.NewModels(ingest.ModelsConfig{Store: r})
	l.check(t, ingest.Scope{ProjectID: a.ProjectID})
	// Of each part: a month, two sums of months, 21 days at most, 13 sums of days, and 24 hours at most.
	if most := 2 * (1 + 2 + 31 + 14 + 24); r.units > most || r.sums < 2*14 {
		t.Errorf("%d units are read, %d of them sums, want at most %d", r.units, r.sums, most)
	}
	kept, err := l.store.Summed(t.Context(), a.ProjectID)
	must(t, err)
	if len(kept) < 15 {
		t.Fatalf("%d spans are summed up", len(kept))
	}

	// A late call removes the sums that hold it, until the next hour.
	yesterday := store.HourOf(l.now.Truncate(24 * time.Hour).Add(-24 * time.Hour))
	l.send(t, a, call(yesterday.Time().Sub(start)+time.Hour, 0))
	l.check(t, ingest.Scope{ProjectID: a.ProjectID})
	l.check(t, ingest.Scope{ProjectID: a.ProjectID, From: yesterday, To: yesterday + 24})
	left, err := l.store.Summed(t.Context(), a.ProjectID)
	must(t, err)
	if len(left) != len(kept)-1 {
		t.Errorf("%d spans are summed up after a late call, want %d", len(left), len(kept)-1)
	}
	l.now = l.now.Add(time.Hour)
	l.join(t)
	again, err := l.store.Summed(t.Context(), a.ProjectID)
	must(t, err)
	if len(again) < len(kept) {
		t.Errorf("%d spans are summed up an hour later, want %d", len(again), len(kept))
	}
	l.check(t, ingest.Scope{ProjectID: a.ProjectID})
	l.restart()
	l.check(t, ingest.Scope{ProjectID: a.ProjectID, From: yesterday, To: yesterday + 24})
}

// A view that was made of sums is brought up to date by late calls.
func TestViewOfSumsIsUpdated(t *testing.T) {
	t.Parallel()
	l, a, b := newTimeline(t, setup(t))
	for hour := range 60 {
		l.now = start.Add(time.Duration(hour) * time.Hour)
		l.send(t, []store.Trace{a, b}[hour%2], call(l.now.Sub(start), hour%4))
	}
	l.join(t)
	l.restart()
	l.check(t, ingest.Scope{ProjectID: a.ProjectID})
	for _, late := range []time.Duration{20 * time.Hour, 30 * time.Hour, 59 * time.Hour} {
		l.send(t, b, call(late, 0))
		l.check(t, ingest.Scope{ProjectID: a.ProjectID})
	}
}
