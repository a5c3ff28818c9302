package sqlitestore

import (
	"context"
	"database/sql"
	"time"
)

// SaveSession implements store.Store.
func (s *Store) SaveSession(ctx context.Context, key [32]byte, data []byte, userID string, expiry time.Time) error {
	user := sql.NullString{String: userID, Valid: userID != ""}
	return s.exec(ctx, "save session", `
		INSERT INTO sessions (key, user_id, data, expires_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (key) DO UPDATE SET
			user_id = excluded.user_id, data = excluded.data, expires_at = excluded.expires_at`,
		key[:], user, notNil(data), expiry.UnixMicro())
}

// Session implements store.Store.
func (s *Store) Session(ctx context.Context, key [32]byte, now time.Time) ([]byte, error) {
	return one(ctx, s, "find session", value[[]byte],
		"SELECT data FROM sessions WHERE key = ? AND expires_at > ?", key[:], now.UnixMicro())
}

// DeleteSession implements store.Store.
func (s *Store) DeleteSession(ctx context.Context, key [32]byte) error {
	return s.exec(ctx, "delete session", "DELETE FROM sessions WHERE key = ?", key[:])
}

// DeleteUserSessions implements store.Store.
func (s *Store) DeleteUserSessions(ctx context.Context, userID string, keep [32]byte) error {
	return s.exec(ctx, "delete sessions of user", "DELETE FROM sessions WHERE user_id = ? AND key <> ?", userID, keep[:])
}

// DeleteExpiredSessions implements store.Store.
func (s *Store) DeleteExpiredSessions(ctx context.Context, now time.Time) error {
	return s.exec(ctx, "delete expired sessions", "DELETE FROM sessions WHERE expires_at <= ?", now.UnixMicro())
}

// notNil returns b, or an empty slice for nil, which would be stored as NULL.
func notNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
