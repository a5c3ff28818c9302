// Package sqlitedb opens SQLite files and migrates their schema. A commit is on
// disk when it returns: the files use write-ahead logging with
// synchronous=FULL, one connection that writes and a pool that reads.
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
	// walLimitBytes is the size to which a checkpoint truncates the write-ahead log.
	walLimitBytes = "67108864"
)

// DB is one open SQLite file.
type DB struct {
	// Write has a single connection, so that writers wait for each other in Go
	// and never fail with "database is locked". Its transactions take the lock
	// when they begin.
	Write *sql.DB
	// Read has read-only connections, which see committed data.
	Read *sql.DB
	// Queries are those of Read that are executed often.
	Queries *Statements
}

// Open opens the file at path, creates it with mode 0600 if it does not exist,
// and applies the migrations: files in goose's format, named NNNN_name.sql, at
// the top of the given file system. It returns ErrNewerSchema if the file has a
// later migration than the last of them.
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
	return &DB{Write: write, Read: read, Queries: newStatements(read)}, nil
}

// Close waits for running queries and closes the file.
func (d *DB) Close() error {
	// The writer closes last: it checkpoints the log.
	return errors.Join(d.Queries.Close(), d.Read.Close(), d.Write.Close())
}

// create creates the file before SQLite does, to set its mode; SQLite gives the
// log files the same mode. It syncs the directory, so that a crash cannot lose
// the file's name.
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
		return fmt.Errorf("sync directory of database: %w", err)
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

// checkWAL returns an error unless write-ahead logging is on. SQLite keeps
// another mode without an error if the file system lacks shared memory.
func checkWAL(ctx context.Context, db *sql.DB, path string) error {
	var mode string
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return fmt.Errorf("open database %s: %w", path, err)
	}
	if mode != "wal" {
		return fmt.Errorf("open database %s: its file system does not support write-ahead logging (journal mode is %s): "+
			"use a local disk", path, mode)
	}
	return nil
}
