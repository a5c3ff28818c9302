package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"akita/internal/schedule"
	"akita/internal/store"
)

const (
	selectTraces = `
		SELECT t.id, t.project_id, t.name, t.started_at, t.ends_at, t.schedule, t.witnesses FROM traces AS t `
	defaultLimit = 100

	// noEnd is the value of traces.ends_at for a trace without an end.
	noEnd = math.MaxInt64
)

func scanTrace(r row) (t store.Trace, err error) {
	var end int64
	var spec []byte
	if err := r.Scan(&t.ID, &t.ProjectID, &t.Name, micros{&t.Start}, &end, &spec, &t.Witnesses); err != nil {
		return t, err
	}
	if end != noEnd {
		t.End = time.UnixMicro(end).UTC()
	}
	if t.Schedule, err = readSchedule(spec); err != nil {
		return t, fmt.Errorf("schedule of trace %s: %w", t.ID, err)
	}
	return t, nil
}

// readSchedule returns the schedule in the column traces.schedule, nil if there is none.
func readSchedule(column []byte) (*schedule.Schedule, error) {
	if len(column) == 0 {
		return nil, nil
	}
	var spec schedule.Spec
	if err := json.Unmarshal(column, &spec); err != nil {
		return nil, err
	}
	return schedule.New(spec)
}

func writeSchedule(s *schedule.Schedule) (column string, err error) {
	if s == nil {
		return "", nil
	}
	text, err := json.Marshal(s.Spec())
	return string(text), err
}

// CreateTrace implements store.Store.
func (s *Store) CreateTrace(ctx context.Context, t store.Trace) error {
	const op = "create trace"
	end := int64(noEnd)
	if !t.End.IsZero() {
		end = t.End.UnixMicro()
	}
	spec, err := writeSchedule(t.Schedule)
	if err != nil {
		return wrap(op, err)
	}
	return s.exec(ctx, op, `
		INSERT INTO traces (id, project_id, name, started_at, ends_at, schedule) VALUES (?, ?, ?, ?, ?, ?)`,
		t.ID, t.ProjectID, t.Name, t.Start.UnixMicro(), end, spec)
}

// Trace implements store.Store. An id takes precedence over a name.
func (s *Store) Trace(ctx context.Context, projectID, idOrName string) (store.Trace, error) {
	return one(ctx, s, "find trace", scanTrace,
		selectTraces+"WHERE t.project_id = ?1 AND (t.id = ?2 OR t.name = ?2) ORDER BY t.id <> ?2 LIMIT 1",
		projectID, idOrName)
}

// Traces implements store.Store. It reads one row more than the page holds, to
// find out whether there is a next page.
func (s *Store) Traces(ctx context.Context, projectID string, p store.Page) ([]store.Trace, string, error) {
	last, err := parseCursor(p.Cursor)
	if err != nil {
		return nil, "", fmt.Errorf("list traces: %w", err)
	}
	limit := p.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	traces, err := list(ctx, s, "list traces", scanTrace, selectTraces+`
		WHERE t.project_id = ? AND (t.started_at, t.id) < (?, ?) ORDER BY t.started_at DESC, t.id DESC LIMIT ?`,
		projectID, last.start, last.id, limit+1)
	if err != nil || len(traces) <= limit {
		return traces, "", err
	}
	traces = traces[:limit]
	return traces, cursorAfter(traces[limit-1]), nil
}

// OpenTraces implements store.Store.
func (s *Store) OpenTraces(ctx context.Context, projectID string, now time.Time) ([]store.Trace, error) {
	return list(ctx, s, "list open traces", scanTrace,
		selectTraces+"WHERE t.project_id = ? AND t.ends_at > ? ORDER BY t.started_at, t.id", projectID, now.UnixMicro())
}

// EndTrace implements store.Store.
func (s *Store) EndTrace(ctx context.Context, traceID string, at time.Time) (store.Trace, error) {
	const op = "end trace"
	err := s.exec(ctx, op, "UPDATE traces SET ends_at = ?1 WHERE id = ?2 AND ends_at > ?1", at.UnixMicro(), traceID)
	if err != nil {
		return store.Trace{}, err
	}
	return one(ctx, s, op, scanTrace, selectTraces+"WHERE t.id = ?", traceID)
}

// ChangeTrace implements store.Store.
func (s *Store) ChangeTrace(
	ctx context.Context, traceID string, c store.TraceChange, now time.Time,
) (store.Trace, error) {
	const op = "change trace"
	err := s.transact(ctx, op, func(tx *sql.Tx) error {
		err := changesOne(ctx, tx, "UPDATE traces SET name = coalesce(nullif(?, ''), name) WHERE id = ?", c.Name, traceID)
		if err != nil || c.Extend == 0 {
			return err
		}
		result, err := tx.ExecContext(ctx,
			"UPDATE traces SET ends_at = ends_at + ? WHERE id = ? AND ends_at > ? AND ends_at <> ?",
			c.Extend.Microseconds(), traceID, now.UnixMicro(), noEnd)
		if err != nil {
			return err
		}
		n, err := result.RowsAffected()
		if err == nil && n == 0 {
			err = store.ErrEnded
		}
		return err
	})
	if err != nil {
		return store.Trace{}, err
	}
	return one(ctx, s, op, scanTrace, selectTraces+"WHERE t.id = ?", traceID)
}
