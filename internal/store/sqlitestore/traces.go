package sqlitestore

import (
	"context"
	"fmt"
	"time"

	"akita/internal/store"
)

const (
	selectTraces = `
		SELECT t.id, t.project_id, t.name, t.started_at, t.ends_at, t.witnesses FROM traces AS t `
	defaultLimit = 100
)

func scanTrace(r row) (t store.Trace, err error) {
	err = r.Scan(&t.ID, &t.ProjectID, &t.Name, micros{&t.Start}, micros{&t.End}, &t.Witnesses)
	return t, err
}

// CreateTrace implements store.Store.
func (s *Store) CreateTrace(ctx context.Context, t store.Trace) error {
	return s.exec(ctx, "create trace", `
		INSERT INTO traces (id, project_id, name, started_at, ends_at) VALUES (?, ?, ?, ?, ?)`,
		t.ID, t.ProjectID, t.Name, t.Start.UnixMicro(), t.End.UnixMicro())
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

// ActiveTraces implements store.Store.
func (s *Store) ActiveTraces(ctx context.Context, projectID string, now time.Time) ([]store.Trace, error) {
	return list(ctx, s, "list active traces", scanTrace,
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
