package ingest

import (
	"context"
	"time"

	"akita/internal/delta"
	"akita/internal/store"
)

// placed is a sum of a delta, with where it counts.
type placed struct {
	sum    *delta.Sum
	hour   store.Hour
	minute int // delta.OwnMinutes, or that of all calls
	unit   unitKey
	hours  int // of the unit
}

// place returns the sums of a delta, with where they count.
func place(calls *delta.Delta, of *seenBy, joined store.Joined, accepted time.Time) (sums []placed) {
	for key, sum := range calls.Sums() {
		p := placed{sum: sum}
		p.hour, p.minute = timeOf(key.Hour, of.start, accepted)
		var start store.Hour
		start, p.hours = joined.Span(p.hour)
		p.unit = unitKey{of.captureID, start, key.Part}
		sums = append(sums, p)
	}
	return sums
}

// load makes a change of the step for the unit of each sum. Units that are not in memory are read, all
// of one hour at once; one into which nothing was folded yet is empty.
func (w *Worker) load(ctx context.Context, s *step, sums []placed, joined store.Joined) error {
	type hour struct {
		captureID int64
		start     store.Hour
	}
	missing := make(map[hour][]int) // parts
	for _, p := range sums {
		if s.changes[p.unit] != nil {
			continue
		}
		u, ok := w.units.get(p.unit)
		if !ok {
			u = &cachedUnit{p.hours, newCalls()}
			at := hour{p.unit.captureID, p.unit.start}
			missing[at] = append(missing[at], int(p.unit.part))
		}
		s.changes[p.unit] = &change{cachedUnit: u, start: p.unit.start, joined: joined}
	}
	for at, parts := range missing {
		if err := w.read(ctx, s, at.captureID, at.start, parts); err != nil {
			return err
		}
	}
	return nil
}

// read reads units of an hour into the changes of a step.
func (w *Worker) read(ctx context.Context, s *step, captureID int64, start store.Hour, parts []int) error {
	units, err := w.config.Store.UnitsAt(ctx, captureID, start, parts)
	if err != nil {
		return err
	}
	for _, u := range units {
		of, err := w.codec.decodeUnit(u)
		if err != nil {
			return err
		}
		s.changes[keyOf(u)].cachedUnit = &cachedUnit{u.Hours, of}
	}
	return nil
}
