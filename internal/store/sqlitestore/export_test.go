package sqlitestore

import "context"

// Exec runs any SQL, to do damage.
func (s *Store) Exec(ctx context.Context, query string) error {
	return s.exec(ctx, "test", query)
}
