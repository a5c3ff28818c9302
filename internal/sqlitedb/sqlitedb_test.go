package sqlitedb_test

import (
	"cmp"
	"database/sql"
	"errors"
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

// refuses returns the error with which the file is not opened.
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

// SQLite before 3.51.3 could lose commits when the write-ahead log was reset.
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

func TestEveryConnectionIsSetUp(t *testing.T) {
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

func TestFilesAreForTheirOwnerOnly(t *testing.T) {
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

func TestAnyPathOpens(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a folder? 100% é#1&mode=memory")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "a.db")
	open(t, path, files(users))
	info, err := os.Stat(path)
	if err != nil || info.Size() == 0 {
		t.Errorf("the database is not in %s: %v, %v", path, info, err)
	}
}

func TestMigrationsApplyOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	second := "-- +goose Up\nINSERT INTO users (name) VALUES ('second migration');\n"
	for _, migrations := range []fs.FS{files(users), files(users, second), files(users, second)} {
		db, err := sqlitedb.Open(t.Context(), path, migrations)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	db := open(t, path, files(users, second))
	if n := query[int](t, db.Read, "SELECT count(*) FROM users"); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
}

func TestFailedMigrationLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	broken := "-- +goose Up\nCREATE TABLE half (id INTEGER);\nINSERT INTO absent VALUES (1);\n"
	if err := refuses(t, path, files(users, broken)); !strings.Contains(err.Error(), "migrate database "+path) {
		t.Errorf("got %v", err)
	}
	db := open(t, path, files(users))
	if n := query[int](t, db.Read, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"); n != 0 {
		t.Error("the broken migration was applied by half")
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	open(t, path, files(users, "-- +goose Up\nSELECT 1;\n"))
	err := refuses(t, path, files(users))
	if !errors.Is(err, sqlitedb.ErrNewerSchema) {
		t.Fatalf("got %v, want ErrNewerSchema", err)
	}
	want := "open database " + path + ": its schema is newer than this program (version 2, known up to 1): run the version of akita that wrote it, or a later one"
	if err.Error() != want {
		t.Errorf("got  %s\nwant %s", err, want)
	}
}

func TestWhatCannotBeOpened(t *testing.T) {
	t.Parallel()
	text := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(text, []byte("Dear diary, this is no database at all.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "absent", "a.db"), t.TempDir(), text} {
		err := refuses(t, path, files(users))
		if !strings.Contains(err.Error(), path) {
			t.Errorf("the message does not name %s: %v", path, err)
		}
	}
}

func TestErrorsAreToldApart(t *testing.T) {
	t.Parallel()
	const schema = "-- +goose Up\nCREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT UNIQUE, parent INTEGER REFERENCES a (id), data BLOB);\n"
	db := open(t, filepath.Join(t.TempDir(), "a.db"), files(schema))
	for _, q := range []string{"INSERT INTO a (id, name) VALUES (1, 'x')", "PRAGMA max_page_count = 10"} {
		if _, err := db.Write.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	type kinds struct{ unique, foreignKey, full bool }
	for query, want := range map[string]kinds{
		"INSERT INTO a (id) VALUES (1)":                   {unique: true},
		"INSERT INTO a (name) VALUES ('x')":               {unique: true},
		"INSERT INTO a (parent) VALUES (7)":               {foreignKey: true},
		"INSERT INTO a (data) VALUES (zeroblob(1000000))": {full: true},
		"INSERT INTO absent (id) VALUES (1)":              {},
	} {
		_, err := db.Write.ExecContext(t.Context(), query)
		got := kinds{sqlitedb.IsUnique(err), sqlitedb.IsForeignKey(err), sqlitedb.IsFull(err)}
		if err == nil || got != want {
			t.Errorf("%s: %v is %+v, want %+v", query, err, got, want)
		}
	}
}
