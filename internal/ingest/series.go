package ingest

import (
	"context"
	"fmt"
	"iter"
	"time"

	"akita/internal/series"
	"akita/internal/store"
)

// KeepMinutes is how long calls are counted by the minute after their hour. Then they are counted by
// the hour.
const KeepMinutes = 48 * time.Hour

// addSeries adds the calls of an hour.
func (c *change) addSeries(added *series.Series, hour store.Hour) {
	if c.hours > 1 || hour < c.joined.Hours {
		added = added.Reduced(int(hour - c.start))
	}
	c.series.Merge(added)
}

// decodeSeries decodes the series of a unit, which is empty if an earlier version wrote the unit.
func (c *codec) decodeSeries(u store.Unit) (*series.Series, error) {
	if u.Series == nil {
		return series.New(), nil
	}
	encoded, err := c.open(u.Series)
	var s *series.Series
	if err == nil {
		s, err = series.Unmarshal(encoded)
	}
	if err != nil {
		return nil, unreadable(fmt.Sprintf("series of hour %s of capture %d", u.Start.Time(), u.CaptureID), err)
	}
	return s, nil
}

// reduceSeries joins the minutes of one hour of a project that ended KeepMinutes ago, and reports
// whether there was one.
func (w *Worker) reduceSeries(ctx context.Context, p store.Project, now time.Time) (reduced bool, err error) {
	limit := store.HourOf(now.Add(-KeepMinutes))
	if p.Joined.Hours >= limit {
		return false, nil
	}
	first, found, err := w.config.Store.FirstHour(ctx, p.ID, p.Joined.Hours, limit)
	if err != nil {
		return false, err
	}
	joined := p.Joined
	joined.Hours = limit
	var units []store.Unit
	if found {
		joined.Hours = first + 1
		if units, err = w.reducedHour(ctx, p.ID, first); err != nil {
			return false, err
		}
	}
	if err := w.config.Store.ReplaceSeries(ctx, p.ID, joined.Hours, units); err != nil {
		return false, err
	}
	if len(units) > 0 {
		w.units.clear()
	}
	w.joined[p.ID] = joined
	return found, nil
}

// reducedHour returns the units of an hour whose series is by the minute, with one by the hour.
func (w *Worker) reducedHour(ctx context.Context, projectID string, hour store.Hour) (units []store.Unit, err error) {
	all, err := w.config.Store.Units(ctx, store.Units{
		ProjectID: projectID, TraceID: store.EveryCapture, From: hour, To: hour + 1, Part: store.AnyPart,
		Of: store.OnlySeries,
	})
	if err != nil {
		return nil, err
	}
	for _, u := range all {
		s, err := w.codec.decodeSeries(u)
		if err != nil {
			return nil, err
		}
		if s.ByHour() {
			continue
		}
		if u.Series, err = w.codec.stored(s.Reduced(0), false); err != nil {
			return nil, err
		}
		units = append(units, u)
	}
	return units, nil
}

// Count is what a series counts of one cell, with the start of its minute or hour.
type Count struct {
	series.Cell
	*series.Count
	Start time.Time
}

// Series yields what was counted of a scope. An hour is by the minute, or it is not.
func (m *Models) Series(ctx context.Context, of Scope) iter.Seq2[Count, error] {
	return func(yield func(Count, error) bool) {
		selected := of.units(0, store.AnyPart)
		selected.Of = store.OnlySeries
		units, err := m.config.Store.Units(ctx, selected)
		if err != nil {
			yield(Count{}, err)
			return
		}
		for _, u := range units {
			s, err := m.codec.decodeSeries(u)
			if err != nil {
				yield(Count{}, err)
				return
			}
			step := time.Minute
			if s.ByHour() {
				step = time.Hour
			}
			for cell, count := range s.All() {
				if !yield(Count{cell, count, u.Start.Time().Add(time.Duration(cell.At) * step)}, nil) {
					return
				}
			}
		}
	}
}
