package sqlitestore

import (
	"context"
	"fmt"

	"akita/internal/store"
)

const selectUsers = "SELECT id, username, password_hash, created_at FROM users "

func scanUser(r row) (u store.User, err error) {
	err = r.Scan(&u.ID, &u.Username, &u.PasswordHash, micros{&u.Created})
	return u, err
}

// CreateUser implements store.Store.
func (s *Store) CreateUser(ctx context.Context, u store.User) error {
	return s.exec(ctx, "create user", `
		INSERT INTO users (id, username, username_key, password_hash, created_at) VALUES (?, ?, ?, ?, ?)`,
		u.ID, u.Username, store.NameKey(u.Username), u.PasswordHash, u.Created.UnixMicro())
}

// CreateFirstUser implements store.Store.
func (s *Store) CreateFirstUser(ctx context.Context, u store.User) error {
	created, err := s.changes(ctx, "create first user", `
		INSERT INTO users (id, username, username_key, password_hash, created_at)
		SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM users)`,
		u.ID, u.Username, store.NameKey(u.Username), u.PasswordHash, u.Created.UnixMicro())
	if err == nil && !created {
		err = fmt.Errorf("create first user: a user %w", store.ErrExists)
	}
	return err
}

// UserByName implements store.Store.
func (s *Store) UserByName(ctx context.Context, username string) (store.User, error) {
	return one(ctx, s, "find user", scanUser, selectUsers+"WHERE username_key = ?", store.NameKey(username))
}

// UserByID implements store.Store.
func (s *Store) UserByID(ctx context.Context, id string) (store.User, error) {
	return one(ctx, s, "find user", scanUser, selectUsers+"WHERE id = ?", id)
}

// CountUsers implements store.Store.
func (s *Store) CountUsers(ctx context.Context) (int, error) {
	return one(ctx, s, "count users", value[int], "SELECT count(*) FROM users")
}

// SetPasswordHash implements store.Store.
func (s *Store) SetPasswordHash(ctx context.Context, userID, old, hash string) error {
	changed, err := s.changes(ctx, "set password hash", `
		UPDATE users SET password_hash = ? WHERE id = ? AND password_hash = ?`, hash, userID, old)
	if err == nil && !changed {
		err = fmt.Errorf("set password hash: user with the old hash %w", store.ErrNotFound)
	}
	return err
}
