package sqlitedb_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// holds reports whether a file of the database has the text.
func holds(t *testing.T, path, text string) bool {
	t.Helper()
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(text)) {
			return true
		}
	}
	return false
}

func TestPurge(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, files(users))
	const kept, marker = "this row stays", "this row is deleted"
	for _, q := range []string{
		fmt.Sprintf("INSERT INTO users (name) VALUES ('%s'), ('%s')", kept, strings.Repeat(marker, 1000)),
		"DELETE FROM users WHERE name <> '" + kept + "'",
	} {
		if _, err := db.Write.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	if !holds(t, path, marker) {
		t.Fatal("the deleted row is gone already: this test shows nothing")
	}
	if err := db.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if holds(t, path, marker) || !holds(t, path, kept) {
		t.Errorf("the deleted row is there: %t, the other: %t", holds(t, path, marker), holds(t, path, kept))
	}
}

func TestPurgeWaitsForReaders(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, files(users))
	if _, err := db.Write.ExecContext(t.Context(), "INSERT INTO users (name) VALUES ('old')"); err != nil {
		t.Fatal(err)
	}
	reader, err := db.Read.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var name string
	if err := reader.QueryRowContext(t.Context(), "SELECT name FROM users").Scan(&name); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Write.ExecContext(t.Context(), "PRAGMA busy_timeout = 1"); err != nil {
		t.Fatal(err)
	}
	if err := db.Purge(t.Context()); err == nil {
		t.Error("no error while a reader uses the old state")
	}
	if err := reader.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := db.Purge(t.Context()); err != nil {
		t.Errorf("after the reader has ended: %v", err)
	}
}
