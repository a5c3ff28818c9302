package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"

	"akita/internal/store"
)

// Position implements store.Store.
func (s *Store) Position(ctx context.Context) (int64, error) {
	return one(ctx, s, "read position", value[int64], "SELECT position FROM fold")
}

// ApplyFold implements store.Store.
func (s *Store) ApplyFold(ctx context.Context, f store.Fold) error {
	tx, err := s.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return wrap("apply fold", err)
	}
	defer tx.Rollback() // a no-op after Commit
	if err := applyFold(ctx, tx, f); err != nil {
		return wrap("apply fold", err)
	}
	return wrap("apply fold", tx.Commit())
}

func applyFold(ctx context.Context, tx *sql.Tx, f store.Fold) error {
	result, err := tx.ExecContext(ctx,
		"UPDATE fold SET position = ?1 WHERE position = ?2 AND position < ?1", f.Position, f.After)
	if err != nil {
		return err
	}
	moved, err := result.RowsAffected()
	if err != nil {
		return err
	}
	if moved == 0 {
		return fmt.Errorf("%w: from %d to %d", store.ErrStalePosition, f.After, f.Position)
	}
	for _, m := range f.Models {
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO models (trace_id, witnesses, position, model) VALUES (?, ?, ?, ?)
			ON CONFLICT (trace_id) DO UPDATE SET
				witnesses = excluded.witnesses, position = excluded.position, model = excluded.model`,
			m.TraceID, m.Witnesses, f.Position, notNil(m.Model)); err != nil {
			return wrap("model of "+m.TraceID, err)
		}
	}
	return nil
}

// Model implements store.Store.
func (s *Store) Model(ctx context.Context, traceID string) (store.TraceModel, error) {
	return one(ctx, s, "read model", scanModel,
		"SELECT trace_id, witnesses, model FROM models WHERE trace_id = ?", traceID)
}

func scanModel(r row) (m store.TraceModel, err error) {
	err = r.Scan(&m.TraceID, &m.Witnesses, &m.Model)
	return m, err
}

// ModelPositions implements store.Store.
func (s *Store) ModelPositions(ctx context.Context, projectID string) (map[string]int64, error) {
	type modelPosition struct {
		traceID  string
		position int64
	}
	scan := func(r row) (p modelPosition, err error) {
		err = r.Scan(&p.traceID, &p.position)
		return p, err
	}
	all, err := list(ctx, s, "read positions of models", scan, `
		SELECT m.trace_id, m.position FROM models AS m JOIN traces AS t ON t.id = m.trace_id WHERE t.project_id = ?`,
		projectID)
	if err != nil {
		return nil, err
	}
	positions := make(map[string]int64, len(all))
	for _, p := range all {
		positions[p.traceID] = p.position
	}
	return positions, nil
}
