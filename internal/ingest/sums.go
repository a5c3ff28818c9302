package ingest

import (
	"context"
	"errors"
	"slices"
	"time"

	"akita/internal/store"
)

// sumOne sums up one day of hours, or one month of days, of a project, and reports whether there was
// one. A range then reads one sum of each part in place of 24 units or more. The day and the month
// must be over, and a month must be joined to days.
func (w *Worker) sumOne(ctx context.Context, p store.Project, now time.Time) (summed bool, err error) {
	spans, err := w.dueSums(ctx, p, now)
	if err != nil || len(spans) == 0 {
		return false, err
	}
	kept, err := w.config.Store.Summed(ctx, p.ID)
	if err != nil {
		return false, err
	}
	for _, span := range spans {
		if slices.Contains(kept, span) {
			continue
		}
		summed, err := w.sum(ctx, p, span)
		if errors.Is(err, store.ErrStaleVersion) { // another process deletes: the next hour will do
			return false, nil
		}
		if summed || err != nil {
			return summed, err
		}
	}
	return false, nil
}

// dueSums returns the days and months of a project that may be summed up.
func (w *Worker) dueSums(ctx context.Context, p store.Project, now time.Time) (spans []store.Span, err error) {
	today := store.HourOf(now.Truncate(24 * time.Hour))
	for day := today - 24; day >= max(p.Joined.Days, today-store.Hour(maxSummedDays*24)); day -= 24 {
		spans = append(spans, store.Span{From: day, To: day + 24})
	}
	first, found, err := w.config.Store.FirstHour(ctx, p.ID, p.Joined.Months, p.Joined.Days)
	if err != nil || !found {
		return spans, err
	}
	months := store.Joined{Months: p.Joined.Days}
	for {
		from, hours := months.Span(first)
		end := from + store.Hour(hours)
		if end > p.Joined.Days {
			return spans, nil
		}
		spans, first = append(spans, store.Span{From: from, To: end}), end
	}
}

// maxSummedDays is more days than hours are kept for.
const maxSummedDays = 2 * int64(KeepHours/(24*time.Hour))

// sum sums up the units in a span, if there are any.
func (w *Worker) sum(ctx context.Context, p store.Project, span store.Span) (summed bool, err error) {
	_, found, err := w.config.Store.FirstHour(ctx, p.ID, span.From, span.To)
	if err != nil || !found {
		return false, err
	}
	version, err := w.config.Store.Version(ctx, p.ID, "")
	if err != nil {
		return false, err
	}
	units, err := w.config.Store.Units(ctx, store.Units{
		ProjectID: p.ID, TraceID: store.EveryCapture, From: span.From, To: span.To, Part: store.AnyPart,
	})
	if err != nil {
		return false, err
	}
	greatest := make(map[capturePart]int64)
	for _, u := range units {
		if u.Start < span.From || u.Start+store.Hour(u.Hours) > span.To {
			return false, nil // the sum of the span would hold calls from outside of it
		}
		key := capturePart{u.CaptureID, u.Part}
		greatest[key] = max(greatest[key], u.Version)
	}
	sums, err := w.sumUp(units, store.Join{From: span.From, To: span.To})
	if err != nil {
		return false, err
	}
	for i := range sums {
		sums[i].Version = greatest[capturePart{sums[i].CaptureID, sums[i].Part}]
	}
	err = w.config.Store.PutSums(ctx, store.Sums{ProjectID: p.ID, Span: span, Version: version, Units: sums})
	return err == nil, err
}
