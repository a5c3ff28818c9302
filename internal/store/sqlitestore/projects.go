package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"akita/internal/store"
)

const selectProjects = "SELECT id, name, created_at, days_before, months_before, series_hours_before, " +
	"retention_days FROM projects "

func scanProject(r row) (p store.Project, err error) {
	err = r.Scan(&p.ID, &p.Name, micros{&p.Created}, &p.Joined.Days, &p.Joined.Months, &p.Joined.Hours,
		&p.RetentionDays)
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

// SetRetention implements store.Store.
func (s *Store) SetRetention(ctx context.Context, projectID string, days int) error {
	changed, err := s.changes(ctx, "set retention", "UPDATE projects SET retention_days = ? WHERE id = ?", days, projectID)
	if err == nil && !changed {
		err = fmt.Errorf("set retention: %w", store.ErrNotFound)
	}
	return err
}

// DeleteProject implements store.Store.
func (s *Store) DeleteProject(ctx context.Context, projectID string, now time.Time) error {
	return s.transact(ctx, "delete project", func(tx *sql.Tx) error {
		if err := removeAllSums(ctx, tx, projectID); err != nil {
			return err
		}
		for _, query := range []string{
			"INSERT INTO deletions (id, deleted_at) SELECT id, ?2 FROM traces WHERE project_id = ?1",
			"DELETE FROM units WHERE capture_id IN (SELECT id FROM captures WHERE project_id = ?1)",
			"DELETE FROM capture_traces WHERE capture_id IN (SELECT id FROM captures WHERE project_id = ?1)",
			"DELETE FROM captures WHERE project_id = ?1",
			"DELETE FROM models WHERE trace_id IN (SELECT id FROM traces WHERE project_id = ?1)",
			"DELETE FROM traces WHERE project_id = ?1",
			"INSERT INTO deletions (id, deleted_at) SELECT id, ?2 FROM projects WHERE id = ?1",
		} {
			if _, err := tx.ExecContext(ctx, query, projectID, now.UnixMicro()); err != nil {
				return err
			}
		}
		return changesOne(ctx, tx, "DELETE FROM projects WHERE id = ?", projectID)
	})
}
