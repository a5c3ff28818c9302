package sqlitedb_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"akita/internal/sqlitedb"
)

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

func TestFailedMigrationIsRolledBack(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	broken := "-- +goose Up\nCREATE TABLE half (id INTEGER);\nINSERT INTO absent VALUES (1);\n"
	if err := refuses(t, path, files(users, broken)); !strings.Contains(err.Error(), "migrate database "+path) {
		t.Errorf("got %v", err)
	}
	db := open(t, path, files(users))
	if n := query[int](t, db.Read, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"); n != 0 {
		t.Error("half of the broken migration was applied")
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
	want := "open database " + path + ": its schema is newer than this program (version 2, supported up to 1): " +
		"run the version of akita that wrote it, or a later one"
	if err.Error() != want {
		t.Errorf("got  %s\nwant %s", err, want)
	}
}
