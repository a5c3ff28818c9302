package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"akita/internal/store"
)

// span is a stretch of time for which sums of a project are kept.
type span struct {
	id int64
	store.Span
}

func scanSpan(r row) (p span, err error) {
	err = r.Scan(&p.id, &p.From, &p.To)
	return p, err
}

const selectSpans = "SELECT id, start_hour, start_hour + hours FROM summed WHERE project_id = ?1 "

// PutSums implements store.Store.
func (s *Store) PutSums(ctx context.Context, sums store.Sums) error {
	return s.transact(ctx, "put sums", func(tx *sql.Tx) (err error) {
		if err := requireVersion(ctx, tx, sums.ProjectID, sums.Version); err != nil {
			return err
		}
		if err := removeSums(ctx, tx, sums.ProjectID, sums.From, sums.From+1, sums.To-sums.From); err != nil {
			return err
		}
		var id int64
		err = tx.QueryRowContext(ctx, "INSERT INTO summed (project_id, start_hour, hours) VALUES (?, ?, ?) RETURNING id",
			sums.ProjectID, sums.From, sums.To-sums.From).Scan(&id)
		if err != nil {
			return err
		}
		put, err := tx.PrepareContext(ctx,
			"INSERT INTO sums (summed_id, capture_id, part, witnesses, version, model) VALUES (?, ?, ?, ?, ?, ?)")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, put.Close()) }()
		for _, u := range sums.Units {
			if _, err := put.ExecContext(ctx, id, u.CaptureID, u.Part, u.Witnesses, u.Version, notNil(u.Model)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Summed implements store.Store.
func (s *Store) Summed(ctx context.Context, projectID string) ([]store.Span, error) {
	scan := func(r row) (store.Span, error) {
		p, err := scanSpan(r)
		return p.Span, err
	}
	return list(ctx, s, "list sums", scan, selectSpans+"ORDER BY start_hour, hours", projectID)
}

// removeSums removes the sums of a project that hold any hour between from and to. hours chooses those
// of this length; 0 is all.
func removeSums(ctx context.Context, tx *sql.Tx, projectID string, from, to, hours store.Hour) error {
	const of = ` FROM summed
		WHERE project_id = ?1 AND start_hour < ?3 AND start_hour + hours > ?2 AND (?4 = 0 OR hours = ?4)`
	for _, query := range []string{"DELETE FROM sums WHERE summed_id IN (SELECT id" + of + ")", "DELETE" + of} {
		if _, err := tx.ExecContext(ctx, query, projectID, from, to, hours); err != nil {
			return err
		}
	}
	return nil
}

// removeSumsWithin removes the sums of a project that are in a span or partly in it. Those that hold all
// of it stay.
func removeSumsWithin(ctx context.Context, tx *sql.Tx, projectID string, within store.Span) error {
	ids, err := column[int64](ctx, tx, `SELECT id FROM summed WHERE project_id = ?1
		AND start_hour > ?2 - ?4 AND start_hour < ?3 AND start_hour + hours > ?2
		AND NOT (start_hour <= ?2 AND start_hour + hours >= ?3 AND hours > ?3 - ?2)`,
		projectID, within.From, within.To, maxHours)
	if err != nil {
		return err
	}
	for _, id := range ids {
		for _, query := range []string{"DELETE FROM sums WHERE summed_id = ?", "DELETE FROM summed WHERE id = ?"} {
			if _, err := tx.ExecContext(ctx, query, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// removeAllSums removes the sums of a project.
func removeAllSums(ctx context.Context, tx *sql.Tx, projectID string) error {
	return removeSums(ctx, tx, projectID, -lastHour, lastHour, 0)
}

// removeSumsOf removes the sums that hold any of units.
func removeSumsOf(ctx context.Context, tx *sql.Tx, units []store.Unit) error {
	for captureID, start := range places(units) {
		var projectID sql.NullString
		err := tx.QueryRowContext(ctx, `
			SELECT max(c.project_id) FROM captures AS c JOIN summed AS s ON s.project_id = c.project_id
			WHERE c.id = ?1 AND s.start_hour > ?2 - ?3 AND s.start_hour <= ?2 AND s.start_hour + s.hours > ?2`,
			captureID, start, maxHours).Scan(&projectID)
		if err == nil && projectID.Valid {
			err = removeSums(ctx, tx, projectID.String, start, start+1, 0)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// spansWithin returns the spans of sums in a range, the longest where several begin or overlap.
func (s *Store) spansWithin(ctx context.Context, of store.Units) ([]span, error) {
	all, err := list(ctx, s, "list sums", scanSpan, selectSpans+`AND start_hour >= ?2
		AND (?3 = 0 OR start_hour + hours <= ?3) ORDER BY start_hour, hours DESC`, of.ProjectID, of.From, of.To)
	var spans []span
	for _, p := range all {
		if len(spans) == 0 || p.From >= spans[len(spans)-1].To {
			spans = append(spans, p)
		}
	}
	return spans, err
}

// places yields the captures and hours of units, each once.
func places(units []store.Unit) iter.Seq2[int64, store.Hour] {
	return func(yield func(int64, store.Hour) bool) {
		type place struct {
			captureID int64
			start     store.Hour
		}
		seen := make(map[place]bool)
		for _, u := range units {
			at := place{u.CaptureID, u.Start}
			if !seen[at] && !yield(at.captureID, at.start) {
				return
			}
			seen[at] = true
		}
	}
}
