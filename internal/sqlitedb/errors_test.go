package sqlitedb_test

import (
	"path/filepath"
	"testing"

	"akita/internal/sqlitedb"
)

func TestErrorPredicates(t *testing.T) {
	t.Parallel()
	const schema = "-- +goose Up\n" +
		"CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT UNIQUE, parent INTEGER REFERENCES a (id), data BLOB);\n"
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
