package sqlitestore

import "context"

// Exec executes SQL, so that tests can damage the data.
func (s *Store) Exec(ctx context.Context, query string) error {
	return s.exec(ctx, "test", query)
}
