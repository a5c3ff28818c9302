package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"

	"akita/internal/store"
)

func scanFacts(r row) (f store.FactRecord, err error) {
	err = r.Scan(&f.CaptureID, &f.Part, &f.Record)
	return f, err
}

// Facts implements store.Store. Records that are written between its two queries are newer than the
// version: units are dated twice, which changes nothing.
func (s *Store) Facts(
	ctx context.Context, projectID, traceID string,
) (records []store.FactRecord, version int64, err error) {
	const op = "read facts"
	version, err = one(ctx, s, op, value[int64], "SELECT facts_version FROM projects WHERE id = ?", projectID)
	if err != nil {
		return nil, 0, err
	}
	records, err = list(ctx, s, op, scanFacts, "SELECT capture_id, part, record FROM facts WHERE capture_id IN ("+
		capturesOf+") ORDER BY capture_id, part", projectID, traceID)
	return records, version, err
}

// PutFacts implements store.Store.
func (s *Store) PutFacts(ctx context.Context, projectID string, version int64, records []store.FactRecord) error {
	return s.transact(ctx, "write facts", func(tx *sql.Tx) error {
		err := changesOne(ctx, tx, "UPDATE projects SET facts_version = ? WHERE id = ?", version, projectID)
		if err != nil {
			return err
		}
		return putFacts(ctx, tx, records)
	})
}

func putFacts(ctx context.Context, tx *sql.Tx, records []store.FactRecord) error {
	for _, f := range records {
		query, args := `
			INSERT INTO facts (capture_id, part, record) VALUES (?, ?, ?)
			ON CONFLICT (capture_id, part) DO UPDATE SET record = excluded.record`,
			[]any{f.CaptureID, f.Part, f.Record}
		if len(f.Record) == 0 {
			query, args = "DELETE FROM facts WHERE capture_id = ? AND part = ?", args[:2]
		}
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return wrap(fmt.Sprintf("facts of capture %d", f.CaptureID), err)
		}
	}
	return nil
}
