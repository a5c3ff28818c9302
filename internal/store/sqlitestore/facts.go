package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"akita/internal/store"
)

const (
	readFacts   = "read facts"
	selectFacts = "SELECT capture_id, part, record FROM facts "
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
	if version, err = s.FactsVersion(ctx, projectID); err != nil {
		return nil, 0, err
	}
	records, err = list(ctx, s, readFacts, scanFacts, selectFacts+"WHERE capture_id IN ("+
		capturesOf+") ORDER BY capture_id, part", projectID, traceID)
	return records, version, err
}

// FactsVersion implements store.Store.
func (s *Store) FactsVersion(ctx context.Context, projectID string) (int64, error) {
	return one(ctx, s, readFacts, value[int64], "SELECT facts_version FROM projects WHERE id = ?", projectID)
}

// FactsOf implements store.Store.
func (s *Store) FactsOf(ctx context.Context, captureID int64, parts []int) ([]store.FactRecord, error) {
	in, err := json.Marshal(parts)
	if err != nil {
		return nil, wrap(readFacts, err)
	}
	return list(ctx, s, readFacts, scanFacts, selectFacts+
		"WHERE capture_id = ? AND part IN (SELECT value FROM json_each(?)) ORDER BY part", captureID, string(in))
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
