package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"akita/internal/store"
)

// DeleteTrace implements store.Store.
func (s *Store) DeleteTrace(ctx context.Context, d store.Deletion, now time.Time) error {
	return s.transact(ctx, "delete trace", func(tx *sql.Tx) error {
		if err := requireVersion(ctx, tx, d.ProjectID, d.Version); err != nil {
			return err
		}
		if err := removeAllSums(ctx, tx, d.ProjectID); err != nil {
			return err
		}
		captures, err := column[int64](ctx, tx,
			"SELECT id FROM captures WHERE project_id = ? AND instr(traces, ?) > 0 ORDER BY id", d.ProjectID, d.TraceID+",")
		if err != nil {
			return err
		}
		for _, capture := range captures {
			if err := s.leaveCapture(ctx, tx, d, capture); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM models WHERE trace_id = ?", d.TraceID); err != nil {
			return err
		}
		err = changesOne(ctx, tx, "DELETE FROM traces WHERE id = ? AND project_id = ?", d.TraceID, d.ProjectID)
		if err != nil {
			return err
		}
		if err := s.putUnits(ctx, tx, d.Sums); err != nil {
			return err
		}
		if err := putFacts(ctx, tx, d.Facts); err != nil {
			return err
		}
		if err := bumpGeneration(ctx, tx, d.ProjectID); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO deletions (id, deleted_at) VALUES (?, ?)", d.TraceID, now.UnixMicro())
		return err
	})
}

// requireVersion returns store.ErrStaleVersion unless the project's units have a version.
func requireVersion(ctx context.Context, tx *sql.Tx, projectID string, want store.Version) error {
	version, err := scanVersion(tx.QueryRowContext(ctx, selectVersion, projectID, ""))
	if err == nil && version != want {
		err = store.ErrStaleVersion
	}
	return err
}

// leaveCapture removes the deleted trace from a capture.
func (s *Store) leaveCapture(ctx context.Context, tx *sql.Tx, d store.Deletion, capture int64) error {
	var key string
	row := tx.QueryRowContext(ctx, "SELECT traces FROM captures WHERE id = ?", capture)
	if err := row.Scan(&key); err != nil {
		return err
	}
	var c store.Capture
	c.TraceIDs, c.Repeats = tracesOf(key)
	without, _ := c.Without(d.TraceID) // no id is the end of another, so it differs
	if len(without.TraceIDs) == 0 {
		return deleteCapture(ctx, tx, capture)
	}
	rest := captureKey(without)
	var heir int64
	row = tx.QueryRowContext(ctx, "SELECT id FROM captures WHERE project_id = ? AND traces = ?", d.ProjectID, rest)
	err := row.Scan(&heir)
	if err == nil {
		return s.moveUnits(ctx, tx, capture, heir)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE captures SET traces = ? WHERE id = ?", rest, capture); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM capture_traces WHERE capture_id = ? AND trace_id = ?", capture, d.TraceID)
	return err
}

// moveUnits moves the units of a capture to its heir. What stays behind has the hour and part of a
// unit of the heir: the deletion has the sum.
func (s *Store) moveUnits(ctx context.Context, tx *sql.Tx, capture, heir int64) error {
	if err := s.movePacks(ctx, tx, capture, heir); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE OR IGNORE units SET capture_id = ? WHERE capture_id = ?", heir, capture)
	if err != nil {
		return err
	}
	return deleteCapture(ctx, tx, capture)
}

func deleteCapture(ctx context.Context, tx *sql.Tx, capture int64) error {
	for _, query := range []string{
		"DELETE FROM units WHERE capture_id = ?",
		"DELETE FROM capture_traces WHERE capture_id = ?",
		"DELETE FROM captures WHERE id = ?",
	} {
		if _, err := tx.ExecContext(ctx, query, capture); err != nil {
			return err
		}
	}
	return nil
}

// bumpGeneration records that units of a project were removed.
func bumpGeneration(ctx context.Context, tx *sql.Tx, projectID string) error {
	return changesOne(ctx, tx, "UPDATE projects SET generation = generation + 1 WHERE id = ?", projectID)
}

// DeleteUnitsBefore implements store.Store.
func (s *Store) DeleteUnitsBefore(
	ctx context.Context, projectID string, before store.Hour,
) (deleted int64, err error) {
	err = s.transact(ctx, "delete old units", func(tx *sql.Tx) error {
		packed, err := s.removePacks(ctx, tx, projectID, -before, before)
		if err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `
			DELETE FROM units WHERE start_hour + hours <= ?
				AND capture_id IN (SELECT id FROM captures WHERE project_id = ?)`, before, projectID)
		if err != nil {
			return err
		}
		if deleted, err = result.RowsAffected(); err != nil {
			return err
		}
		if deleted += packed; deleted == 0 {
			return nil
		}
		if err := removeSums(ctx, tx, projectID, -before, before, 0); err != nil {
			return err
		}
		return bumpGeneration(ctx, tx, projectID)
	})
	return deleted, err
}

// Deleted implements store.Store.
func (s *Store) Deleted(ctx context.Context, id string) (bool, error) {
	return one(ctx, s, "find deletion", value[bool], "SELECT EXISTS (SELECT 1 FROM deletions WHERE id = ?)", id)
}

// Unpurged implements store.Store.
func (s *Store) Unpurged(ctx context.Context) ([]string, error) {
	return list(ctx, s, "list deletions", value[string], "SELECT id FROM deletions WHERE purged = 0 ORDER BY id")
}

// Purge implements store.Store.
func (s *Store) Purge(ctx context.Context, ids []string) error {
	const op = "purge store"
	if err := s.db.Purge(ctx); err != nil {
		return wrap(op, err)
	}
	return s.transact(ctx, op, func(tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, "UPDATE deletions SET purged = 1 WHERE id = ?", id); err != nil {
				return err
			}
		}
		return nil
	})
}
