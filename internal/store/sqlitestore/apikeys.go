package sqlitestore

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"akita/internal/store"
)

const selectAPIKeys = `
	SELECT id, name, secret_sha256, scope, all_projects, created_by, created_at, last_used_at, (
		SELECT group_concat(project_id, ' ' ORDER BY project_id) FROM api_key_projects WHERE key_id = api_keys.id
	) FROM api_keys `

func scanAPIKey(r row) (k store.APIKey, err error) {
	var sum []byte
	var projectIDs sql.NullString
	err = r.Scan(&k.ID, &k.Name, &sum, &k.Scope, &k.AllProjects, &k.CreatedBy, micros{&k.Created}, micros{&k.LastUsed},
		&projectIDs)
	if err == nil && copy(k.SecretSHA256[:], sum) != len(k.SecretSHA256) {
		err = fmt.Errorf("secret hash of %s has %d bytes, want %d", k.ID, len(sum), len(k.SecretSHA256))
	}
	if projectIDs.Valid {
		k.ProjectIDs = strings.Split(projectIDs.String, " ")
	}
	return k, err
}

// CreateAPIKey implements store.Store.
func (s *Store) CreateAPIKey(ctx context.Context, k store.APIKey) error {
	return s.transact(ctx, "create API key", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO api_keys (id, name, secret_sha256, scope, all_projects, created_by, created_at, last_used_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			k.ID, k.Name, k.SecretSHA256[:], k.Scope, k.AllProjects, k.CreatedBy, k.Created.UnixMicro(),
			k.LastUsed.UnixMicro())
		for _, projectID := range k.ProjectIDs {
			if err == nil {
				_, err = tx.ExecContext(ctx,
					"INSERT INTO api_key_projects (key_id, project_id) VALUES (?, ?)", k.ID, projectID)
			}
		}
		return err
	})
}

// APIKey implements store.Store.
func (s *Store) APIKey(ctx context.Context, id string) (store.APIKey, error) {
	return one(ctx, s, "find API key", scanAPIKey, selectAPIKeys+"WHERE id = ?", id)
}

// APIKeys implements store.Store.
func (s *Store) APIKeys(ctx context.Context) ([]store.APIKey, error) {
	return list(ctx, s, "list API keys", scanAPIKey, selectAPIKeys+"ORDER BY created_at DESC, id DESC")
}

// DeleteAPIKey implements store.Store.
func (s *Store) DeleteAPIKey(ctx context.Context, id string) error {
	deleted, err := s.changes(ctx, "delete API key", "DELETE FROM api_keys WHERE id = ?", id)
	if err == nil && !deleted {
		err = fmt.Errorf("delete API key: %w", store.ErrNotFound)
	}
	return err
}

// TouchAPIKey implements store.Store. It reads before it writes, because most
// calls come within the minute that is stored already.
func (s *Store) TouchAPIKey(ctx context.Context, id string, used time.Time) error {
	k, err := s.APIKey(ctx, id)
	if err != nil {
		return wrap("touch API key", err)
	}
	minute := used.Truncate(time.Minute)
	if !k.LastUsed.Before(minute) {
		return nil
	}
	return s.exec(ctx, "touch API key", "UPDATE api_keys SET last_used_at = ?1 WHERE id = ?2 AND last_used_at < ?1",
		minute.UnixMicro(), id)
}
