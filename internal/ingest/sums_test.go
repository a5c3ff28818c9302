package ingest_test

import (
	"context"
	"slices"
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

// mostOfARange is how many units and sums a range reads of each part at most: hours up to a quarter of a
// day, quarters up to a day, days up to a stretch, stretches up to a month, months, and back.
const mostOfARange = 5 + 3 + 5 + 5 + 5 + 5 + 5 + 3 + 5

// A range of any length reads few sums of each part.
func TestRangesReadSums(t *testing.T) {
	t.Parallel()
	l, a, _ := newTimeline(t, setup(t))
	for l.now.Before(start.Add(110 * 24 * time.Hour)) {
		l.send(t, a, call(l.now.Sub(start), 0), call(l.now.Sub(start), 1))
		l.now = l.now.Add(7 * time.Hour)
	}
	l.join(t)
	now := store.HourOf(l.now)
	p, err := l.store.Project(t.Context(), a.ProjectID)
	must(t, err)
	days, _ := p.Joined.Span(now - 40*24)
	for _, of := range []ingest.Scope{
		{}, {From: now - 23}, {From: now - 7*24 + 1}, {From: now - 13*24 - 5, To: now - 30}, {From: days}, {To: days},
		{From: days, To: now - 5},
	} {
		r := &reading{Store: l.store}
		l.models = ingest.NewModels(ingest.ModelsConfig{Store: r})
		of.ProjectID = a.ProjectID
		l.check(t, of)
		if most := 2 * mostOfARange; r.units > most || r.units == 0 {
			t.Errorf("%+v: %d units are read, want at most %d", of, r.units, most)
		}
		if of.From < now-23 && r.sums == 0 {
			t.Errorf("%+v: no sums are read", of)
		}
	}
	l.models = ingest.NewModels(ingest.ModelsConfig{Store: l.store})
	kept, err := l.store.Summed(t.Context(), a.ProjectID)
	must(t, err)

	// A late call removes the sums that hold it, until the next hour.
	yesterday := store.HourOf(l.now.Truncate(24 * time.Hour).Add(-24 * time.Hour))
	l.send(t, a, call(yesterday.Time().Sub(start)+time.Hour, 0))
	l.check(t, ingest.Scope{ProjectID: a.ProjectID})
	l.check(t, ingest.Scope{ProjectID: a.ProjectID, From: yesterday, To: yesterday + 24})
	want := slices.DeleteFunc(slices.Clone(kept), func(s store.Span) bool {
		return s.From <= yesterday+1 && s.To > yesterday+1
	})
	left, err := l.store.Summed(t.Context(), a.ProjectID)
	must(t, err)
	if !slices.Equal(left, want) || len(want) > len(kept)-2 {
		t.Errorf("%d spans are summed up after a late call, want %d", len(left), len(want))
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
