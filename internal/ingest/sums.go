package ingest

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"akita/internal/apimodel"
	"akita/internal/store"
)

// sumLevels are the spans that are summed up, each level in longer ones: from an hour, each returns the
// span that holds it. The days and months of units are spans too, so that no unit is partly in one.
var sumLevels = []struct {
	of    func(store.Hour) store.Span
	hours bool // only where units have one hour
}{
	{quarterOf, true}, {dayOf, true}, {stretchOf, false}, {monthOf, false},
}

// quarterOf returns the quarter of a day.
func quarterOf(h store.Hour) store.Span {
	day := dayOf(h)
	from := day.From + (h-day.From)/6*6
	return store.Span{From: from, To: from + 6}
}

func dayOf(h store.Hour) store.Span { return spanOf(store.Joined{Days: h + 1}, h) }

func monthOf(h store.Hour) store.Span { return spanOf(store.Joined{Months: h + 1}, h) }

// stretchOf returns five days of a month; the last stretch has what is left.
func stretchOf(h store.Hour) store.Span {
	const stretch, last = 5 * 24, 5
	month := monthOf(h)
	n := min((h-month.From)/stretch, last)
	s := store.Span{From: month.From + n*stretch, To: month.From + (n+1)*stretch}
	if n == last {
		s.To = month.To
	}
	return s
}

func spanOf(joined store.Joined, h store.Hour) store.Span {
	from, hours := joined.Span(h)
	return store.Span{From: from, To: from + store.Hour(hours)}
}

// sumOne sums up one span of a project that is over, and reports whether there was one. A range then
// reads few sums of each part in place of all its hours and days.
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
		err := w.sum(ctx, p, span)
		if errors.Is(err, store.ErrStaleVersion) { // another process deletes: the next hour will do
			return false, nil
		}
		return err == nil, err
	}
	return false, nil
}

// dueSums returns the spans of a project that may be summed up, each level after those that it is the
// sum of.
func (w *Worker) dueSums(ctx context.Context, p store.Project, now time.Time) (spans []store.Span, err error) {
	end := store.HourOf(now)
	first, found, err := w.config.Store.FirstHour(ctx, p.ID, p.Joined.Months, end)
	if err != nil || !found {
		return nil, err
	}
	for _, level := range sumLevels {
		from := first
		if level.hours {
			from = max(from, p.Joined.Days)
		}
		for span := level.of(from); span.To <= end; span = level.of(span.To) {
			spans = append(spans, span)
		}
	}
	return spans, nil
}

// sum sums up the units in a span. If there are none, that is kept too.
func (w *Worker) sum(ctx context.Context, p store.Project, span store.Span) error {
	version, err := w.config.Store.Version(ctx, p.ID, "")
	if err != nil {
		return err
	}
	units, err := w.config.Store.Units(ctx, store.Units{
		ProjectID: p.ID, TraceID: store.EveryCapture, From: span.From, To: span.To, Part: store.AnyPart, Sums: true,
	})
	if err != nil {
		return err
	}
	sums := store.Sums{ProjectID: p.ID, Span: span, Version: version}
	alike := func(a, b store.Unit) int {
		return cmp.Or(cmp.Compare(a.CaptureID, b.CaptureID), cmp.Compare(a.Part, b.Part))
	}
	slices.SortStableFunc(units, alike)
	for run := range runs(units, func(a, b store.Unit) bool { return alike(a, b) == 0 }) {
		sum, err := w.sumOf(run)
		if err != nil {
			return err
		}
		sums.Units = append(sums.Units, sum)
	}
	return w.config.Store.PutSums(ctx, sums)
}

// sumOf returns the sum of the models of units of one capture and part.
func (w *Worker) sumOf(units []store.Unit) (sum store.Unit, err error) {
	sum = store.Unit{CaptureID: units[0].CaptureID, Part: units[0].Part}
	total := apimodel.New()
	for _, u := range units {
		m, _, err := w.codec.decodeModel(u)
		if err != nil {
			return sum, err
		}
		total.Merge(m)
		sum.Version = max(sum.Version, u.Version)
	}
	sum.Witnesses = int64(total.Witnesses())
	if sum.Model, err = w.encodeModel(total, false); err == nil && len(sum.Model) > smallSum {
		sum.Model, err = w.encodeModel(total, true)
	}
	return sum, err
}

// smallSum is up to how many bytes a sum is not compressed. A range reads many sums, and to decompress a
// small one takes half as long as to decode it.
const smallSum = 4 << 10
