package sqlitestore

import (
	"context"

	"akita/internal/store"
)

func scanTests(r row) (t store.Tests, err error) {
	err = r.Scan(&t.Name, micros{&t.Uploaded}, &t.By, &t.Calls, &t.Recording)
	return t, err
}

// PutTests implements store.Store.
func (s *Store) PutTests(ctx context.Context, projectID string, t store.Tests) error {
	return s.exec(ctx, "write tests", `
		INSERT INTO tests (project_id, name, uploaded_at, uploaded_by, calls, recording) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (project_id, name) DO UPDATE SET uploaded_at = excluded.uploaded_at,
			uploaded_by = excluded.uploaded_by, calls = excluded.calls, recording = excluded.recording`,
		projectID, t.Name, t.Uploaded.UnixMicro(), t.By, t.Calls, t.Recording)
}

// ListTests implements store.Store.
func (s *Store) ListTests(ctx context.Context, projectID string) ([]store.Tests, error) {
	return list(ctx, s, "list tests", scanTests, `
		SELECT name, uploaded_at, uploaded_by, calls, NULL FROM tests WHERE project_id = ? ORDER BY name`, projectID)
}

// Tests implements store.Store.
func (s *Store) Tests(ctx context.Context, projectID, name string) (store.Tests, error) {
	return one(ctx, s, "read tests", scanTests, `
		SELECT name, uploaded_at, uploaded_by, calls, recording FROM tests WHERE project_id = ? AND name = ?`,
		projectID, name)
}

// DeleteTests implements store.Store.
func (s *Store) DeleteTests(ctx context.Context, projectID, name string) error {
	return s.changeOne(ctx, "delete tests", "DELETE FROM tests WHERE project_id = ? AND name = ?", projectID, name)
}
