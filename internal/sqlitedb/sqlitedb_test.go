package sqlitedb_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"akita/internal/sqlitedb"
)

const users = "-- +goose Up\nCREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;\n"

func files(texts ...string) fs.FS {
	all := fstest.MapFS{}
	for i, text := range texts {
		all[fmt.Sprintf("%04d_step.sql", i+1)] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

func open(t *testing.T, path string, migrations fs.FS) *sqlitedb.DB {
	t.Helper()
	db, err := sqlitedb.Open(t.Context(), path, migrations)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// refuses fails the test unless Open returns an error, which it returns.
func refuses(t *testing.T, path string, migrations fs.FS) error {
	t.Helper()
	db, err := sqlitedb.Open(t.Context(), path, migrations)
	if err == nil {
		t.Fatalf("%s was opened, want an error (closed: %v)", path, db.Close())
	}
	return err
}

func query[T any](t *testing.T, db *sql.DB, q string) T {
	t.Helper()
	var v T
	if err := db.QueryRowContext(t.Context(), q).Scan(&v); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return v
}

// SQLite before 3.51.3 could lose commits when it reset the write-ahead log.
func TestSQLiteIsRecentEnough(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"), files(users))
	var major, minor, patch int
	version := query[string](t, db.Read, "SELECT sqlite_version()")
	if _, err := fmt.Sscanf(version, "%d.%d.%d", &major, &minor, &patch); err != nil {
		t.Fatalf("version %q: %v", version, err)
	}
	if cmp.Or(cmp.Compare(major, 3), cmp.Compare(minor, 51), cmp.Compare(patch, 3)) < 0 {
		t.Errorf("SQLite is %s, want 3.51.3 or later", version)
	}
}

func TestConnectionsAreConfigured(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"), files(users))
	for _, c := range []struct {
		pragma      string
		write, read string
	}{
		{"journal_mode", "wal", "wal"},
		{"synchronous", "2", "2"}, // FULL
		{"foreign_keys", "1", "1"},
		{"busy_timeout", "10000", "10000"},
		{"query_only", "0", "1"},
	} {
		if got := query[string](t, db.Write, "PRAGMA "+c.pragma); got != c.write {
			t.Errorf("writer: %s is %s, want %s", c.pragma, got, c.write)
		}
		if got := query[string](t, db.Read, "PRAGMA "+c.pragma); got != c.read {
			t.Errorf("reader: %s is %s, want %s", c.pragma, got, c.read)
		}
	}
}

func TestFilesArePrivate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	open(t, path, files(users))
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("a.db%s has mode %o, want 600", suffix, info.Mode().Perm())
		}
	}
}

func TestOpenWithSpecialCharactersInPath(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a folder? 100% é#1&mode=memory")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "a.db")
	open(t, path, files(users))
	info, err := os.Stat(path)
	if err != nil || info.Size() == 0 {
		t.Errorf("no database at %s: %v, %v", path, info, err)
	}
}

func TestOpenErrorsNameThePath(t *testing.T) {
	t.Parallel()
	text := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(text, []byte("Dear diary, this is not a database.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "absent", "a.db"), t.TempDir(), text} {
		err := refuses(t, path, files(users))
		if !strings.Contains(err.Error(), path) {
			t.Errorf("message without the path %s: %v", path, err)
		}
	}
}
