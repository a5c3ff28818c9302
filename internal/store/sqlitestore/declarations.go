package sqlitestore

import (
	"context"
	"database/sql"
	"time"

	"akita/internal/store"
)

// inForce selects the declaration of a project that Declaration returns.
const inForce = `project_id = ?1 AND is_reported = (SELECT min(is_reported) FROM declarations WHERE project_id = ?1)`

func scanDeclaration(r row) (d store.Declaration, err error) {
	err = r.Scan(&d.Origin, &d.Text, micros{&d.Changed}, &d.By, &d.URL, &d.ETag, micros{&d.Checked}, &d.Fault)
	return d, err
}

// Declaration implements store.Store.
func (s *Store) Declaration(ctx context.Context, projectID string) (store.Declaration, error) {
	return one(ctx, s, "read declaration", scanDeclaration, `
		SELECT origin, text, changed_at, set_by, url, etag, checked_at, fault FROM declarations WHERE `+inForce, projectID)
}

// PutDeclaration implements store.Store.
func (s *Store) PutDeclaration(ctx context.Context, projectID string, d store.Declaration) error {
	return s.exec(ctx, "write declaration", `
		INSERT INTO declarations
			(project_id, is_reported, origin, text, changed_at, set_by, url, etag, checked_at, fault)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (project_id, is_reported) DO UPDATE SET
			origin = excluded.origin, text = excluded.text, changed_at = excluded.changed_at, set_by = excluded.set_by,
			url = excluded.url, etag = excluded.etag, checked_at = excluded.checked_at, fault = excluded.fault
		WHERE NOT excluded.is_reported
			OR (excluded.changed_at, excluded.text) > (declarations.changed_at, declarations.text)`,
		projectID, d.Origin == store.Reported, d.Origin, d.Text, d.Changed.UnixMicro(), d.By, d.URL, d.ETag,
		d.Checked.UnixMicro(), d.Fault)
}

// PutFetched implements store.Store.
func (s *Store) PutFetched(ctx context.Context, projectID string, d store.Declaration) error {
	return s.changeOne(ctx, "write fetched declaration", `
		UPDATE declarations SET text = ?, changed_at = ?, etag = ?, checked_at = ?, fault = ?
		WHERE project_id = ? AND origin = ? AND url = ?`,
		d.Text, d.Changed.UnixMicro(), d.ETag, d.Checked.UnixMicro(), d.Fault, projectID, store.Fetched, d.URL)
}

// DeleteDeclaration implements store.Store.
func (s *Store) DeleteDeclaration(ctx context.Context, projectID string) error {
	return s.changeOne(ctx, "delete declaration", "DELETE FROM declarations WHERE "+inForce, projectID)
}

// Unchecked implements store.Store.
func (s *Store) Unchecked(ctx context.Context, since time.Time) ([]string, error) {
	return list(ctx, s, "list declarations to fetch", value[string], `
		SELECT project_id FROM declarations WHERE origin = ? AND checked_at < ? ORDER BY project_id`,
		store.Fetched, since.UnixMicro())
}

// changeOne executes a statement, and returns store.ErrNotFound if it changes nothing.
func (s *Store) changeOne(ctx context.Context, op, query string, args ...any) error {
	return s.transact(ctx, op, func(tx *sql.Tx) error { return changesOne(ctx, tx, query, args...) })
}
