package sqlitestore

import (
	"context"

	"akita/internal/store"
)

func scanRoutes(r row) (l store.RouteList, err error) {
	err = r.Scan(micros{&l.Reported}, &l.List)
	return l, err
}

// Routes implements store.Store.
func (s *Store) Routes(ctx context.Context, projectID string) (store.RouteList, error) {
	return one(ctx, s, "read routes", scanRoutes, "SELECT reported_at, list FROM routes WHERE project_id = ?", projectID)
}

// PutRoutes implements store.Store.
func (s *Store) PutRoutes(ctx context.Context, projectID string, l store.RouteList) error {
	return s.exec(ctx, "write routes", `
		INSERT INTO routes (project_id, reported_at, list) VALUES (?, ?, ?)
		ON CONFLICT (project_id) DO UPDATE SET reported_at = excluded.reported_at, list = excluded.list
		WHERE (excluded.reported_at, excluded.list) > (routes.reported_at, routes.list)`,
		projectID, l.Reported.UnixMicro(), l.List)
}
