// Package sqlitedb opens SQLite files so that a commit is on disk when it
// returns: WAL, synchronous=FULL, one writer and a pool of readers, with
// numbered migrations. It knows nothing of what is stored.
package sqlitedb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

const (
	readers = 4
	// walLimitBytes is what is left of the write-ahead log after a checkpoint.
	walLimitBytes = "67108864"
)

// DB is one open SQLite file.
type DB struct {
	// Write has a single connection, so that writers wait for each other in Go
	// and never fail with "database is locked". Its transactions lock at once.
	Write *sql.DB
	// Read sees what is committed and cannot write.
	Read *sql.DB
}

// Open opens the file at path, creating it (mode 0600) where it is absent, and
// brings its schema up to the last of the migrations (goose's format,
// NNNN_name.sql, at the top of the given file system). It fails with
// ErrNewerSchema where the file is ahead of them.
func Open(ctx context.Context, path string, migrations fs.FS) (*DB, error) {
	if err := create(path); err != nil {
		return nil, err
	}
	write, err := connect(ctx, path, 1, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "journal_size_limit(" + walLimitBytes + ")"},
	})
	if err != nil {
		return nil, err
	}
	if err := checkWAL(ctx, write, path); err != nil {
		return nil, errors.Join(err, write.Close())
	}
	if err := migrate(ctx, write, path, migrations); err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read, err := connect(ctx, path, readers, url.Values{"_query_only": {"1"}})
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	return &DB{Write: write, Read: read}, nil
}

// Close waits for what runs and closes the file.
func (d *DB) Close() error {
	return errors.Join(d.Read.Close(), d.Write.Close()) // the last one to close writes the log back
}

// create makes the file before SQLite does, for its mode; SQLite gives the log
// beside it the same. The folder is synced: a file whose name is lost is lost.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	if err := errors.Join(dir.Sync(), dir.Close()); err != nil {
		return fmt.Errorf("sync folder of database: %w", err)
	}
	return nil
}

func connect(ctx context.Context, path string, connections int, params url.Values) (*sql.DB, error) {
	params.Set("_dqs", "0")
	params.Set("_busy_timeout", "10000")
	params.Set("_foreign_keys", "1")
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	dsn := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(abs), RawQuery: params.Encode()}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, err), db.Close())
	}
	return db, nil
}

// checkWAL makes sure of what SQLite does not report: where the file system
// cannot share memory, it stays in another mode.
func checkWAL(ctx context.Context, db *sql.DB, path string) error {
	var mode string
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return fmt.Errorf("open database %s: %w", path, err)
	}
	if mode != "wal" {
		return fmt.Errorf("open database %s: its file system has no write-ahead logging (journal mode is %s): use a local disk", path, mode)
	}
	return nil
}
