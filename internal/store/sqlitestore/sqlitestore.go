// Package sqlitestore implements store.Store in one SQLite file.
package sqlitestore

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"akita/internal/sqlitedb"
	"akita/internal/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

var _ store.Store = (*Store)(nil)

// Store is a store.Store in a SQLite file.
type Store struct {
	db     *sqlitedb.DB
	framer framer
}

// Open opens the store in the file at path, creates the file if it does not
// exist, and migrates its schema. It returns sqlitedb.ErrNewerSchema if a newer
// version of the program wrote the file.
func Open(ctx context.Context, path string) (*Store, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	framer, err := newFramer()
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	db, err := sqlitedb.Open(ctx, path, files)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return &Store{db, framer}, nil
}

// Ping implements store.Store. It returns an error unless the file can be read
// and locked for writing.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.db.Read.PingContext(ctx); err != nil {
		return fmt.Errorf("ping store: %w", err)
	}
	tx, err := s.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("ping store: %w", err)
	}
	return wrap("ping store", tx.Rollback())
}

// Close waits for running queries and closes the file.
func (s *Store) Close() error { return wrap("close store", s.db.Close()) }
