package sqlitestore

import (
	"context"
	"fmt"
	"time"

	"akita/internal/store"
)

const selectAPIKeys = "SELECT id, name, secret_sha256, created_at, last_used_at FROM api_keys "

func scanAPIKey(r row) (k store.APIKey, err error) {
	var sum []byte
	err = r.Scan(&k.ID, &k.Name, &sum, micros{&k.Created}, micros{&k.LastUsed})
	if err == nil && copy(k.SecretSHA256[:], sum) != len(k.SecretSHA256) {
		err = fmt.Errorf("secret hash of %s has %d bytes, want %d", k.ID, len(sum), len(k.SecretSHA256))
	}
	return k, err
}

// CreateAPIKey implements store.Store.
func (s *Store) CreateAPIKey(ctx context.Context, k store.APIKey) error {
	return s.exec(ctx, "create API key", `
		INSERT INTO api_keys (id, name, secret_sha256, created_at, last_used_at) VALUES (?, ?, ?, ?, ?)`,
		k.ID, k.Name, k.SecretSHA256[:], k.Created.UnixMicro(), k.LastUsed.UnixMicro())
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
