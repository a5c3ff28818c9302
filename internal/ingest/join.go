package ingest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"akita/internal/store"
)

// Hours are joined to days when they are older than KeepHours, and days to months when they are older
// than keepDays.
const (
	KeepHours = 14 * 24 * time.Hour
	keepDays  = 90 * 24 * time.Hour
)

// joinOne joins the minutes of an hour, the hours of a day or the days of a month of one project, packs
// or sums up a day, or dates the facts of one project, and reports whether there was one. After it reports
// false, it does nothing until the next hour.
func (w *Worker) joinOne(ctx context.Context) (joined bool, err error) {
	now := w.config.Now().UTC()
	if int64(store.HourOf(now)) == w.settled.Load() {
		return false, nil
	}
	projects, err := w.config.Store.Projects(ctx)
	if err != nil {
		return false, err
	}
	for _, p := range projects {
		if reduced, err := w.reduceSeries(ctx, p, now); err != nil || reduced {
			return reduced, err
		}
		due, found, err := w.dueJoin(ctx, p, now)
		if err != nil {
			return false, err
		}
		if found {
			return true, w.join(ctx, due)
		}
		if packed, err := w.packOne(ctx, p); packed || err != nil {
			return packed, err
		}
	}
	for _, p := range projects {
		if summed, err := w.sumOne(ctx, p, now); summed || err != nil {
			return summed, err
		}
		if w.dated[p.ID] == store.HourOf(now) {
			continue
		}
		w.dated[p.ID] = store.HourOf(now)
		if found, err := w.dateFacts(ctx, p, now); err != nil || found {
			return found, err
		}
	}
	w.settled.Store(int64(store.HourOf(now)))
	return false, nil
}

// dueJoin returns the first join of a project that is due, without its units.
func (w *Worker) dueJoin(ctx context.Context, p store.Project, now time.Time) (due store.Join, found bool, err error) {
	old := now.Add(-KeepHours)
	days := store.HourOf(time.Date(old.Year(), old.Month(), old.Day(), 0, 0, 0, 0, time.UTC))
	old = now.Add(-keepDays)
	months := store.HourOf(time.Date(old.Year(), old.Month(), 1, 0, 0, 0, 0, time.UTC))
	switch {
	case p.Joined.Days < days:
		due, err = w.firstJoin(ctx, p, p.Joined.Days, days, store.Joined{Days: days, Months: p.Joined.Months})
		due.Joined = store.Joined{Days: due.To, Months: p.Joined.Months, Hours: p.Joined.Hours}
	case p.Joined.Months < months:
		due, err = w.firstJoin(ctx, p, p.Joined.Months, months, store.Joined{Days: days, Months: months})
		due.Joined = store.Joined{Days: p.Joined.Days, Months: due.To, Hours: p.Joined.Hours}
	default:
		return due, false, nil
	}
	return due, true, err
}

// firstJoin returns the first span of then that has units between from and to. If there are none, the
// join only moves the limit to to.
func (w *Worker) firstJoin(
	ctx context.Context, p store.Project, from, to store.Hour, then store.Joined,
) (store.Join, error) {
	due := store.Join{ProjectID: p.ID, From: to, To: to}
	first, found, err := w.config.Store.FirstHour(ctx, p.ID, from, to)
	if err != nil || !found {
		return due, err
	}
	start, hours := then.Span(first)
	due.From, due.To = start, start+store.Hour(hours)
	return due, nil
}

// join replaces the units of a join by their sums.
func (w *Worker) join(ctx context.Context, j store.Join) error {
	if j.From < j.To {
		units, err := w.config.Store.Units(ctx, store.Units{
			ProjectID: j.ProjectID, TraceID: store.EveryCapture, From: j.From, To: j.To, Part: store.AnyPart,
			Of: store.ModelsAndSeries,
		})
		if err != nil {
			return err
		}
		if j.Units, err = w.sumUp(units, j); err != nil {
			return err
		}
	}
	if err := w.config.Store.JoinUnits(ctx, j); err != nil {
		return err
	}
	w.units.clear()
	w.joined[j.ProjectID] = j.Joined
	return nil
}

// sumUp returns one unit for each capture and part of units.
func (w *Worker) sumUp(units []store.Unit, j store.Join) (sums []store.Unit, err error) {
	compare := func(a, b store.Unit) int {
		return cmp.Or(cmp.Compare(a.CaptureID, b.CaptureID), cmp.Compare(a.Part, b.Part))
	}
	slices.SortStableFunc(units, compare)
	for run := range runs(units, func(a, b store.Unit) bool { return compare(a, b) == 0 }) {
		sum := run[0]
		sum.Start, sum.Hours = j.From, int(j.To-j.From)
		total, err := w.codec.addUp(sum, run...)
		if err != nil {
			return nil, err
		}
		if sum, err = w.encodeUnit(sum, total); err != nil {
			return nil, err
		}
		sums = append(sums, sum)
	}
	return sums, nil
}

// nextHour returns how long it is until the next hour begins.
func (w *Worker) nextHour() time.Duration {
	now := w.config.Now()
	return now.Truncate(time.Hour).Add(time.Hour).Sub(now)
}
