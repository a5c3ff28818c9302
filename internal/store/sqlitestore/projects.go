package sqlitestore

import (
	"context"

	"akita/internal/store"
)

const selectProjects = "SELECT id, name, created_at, days_before, months_before FROM projects "

func scanProject(r row) (p store.Project, err error) {
	err = r.Scan(&p.ID, &p.Name, micros{&p.Created}, &p.Joined.Days, &p.Joined.Months)
	return p, err
}

// CreateProject implements store.Store.
func (s *Store) CreateProject(ctx context.Context, p store.Project) error {
	return s.exec(ctx, "create project", "INSERT INTO projects (id, name, name_key, created_at) VALUES (?, ?, ?, ?)",
		p.ID, p.Name, store.NameKey(p.Name), p.Created.UnixMicro())
}

// Project implements store.Store. An id takes precedence over a name.
func (s *Store) Project(ctx context.Context, idOrName string) (store.Project, error) {
	return one(ctx, s, "find project", scanProject,
		selectProjects+"WHERE id = ?1 OR name_key = ?2 ORDER BY id <> ?1 LIMIT 1", idOrName, store.NameKey(idOrName))
}

// Projects implements store.Store.
func (s *Store) Projects(ctx context.Context) ([]store.Project, error) {
	return list(ctx, s, "list projects", scanProject, selectProjects+"ORDER BY name_key")
}
