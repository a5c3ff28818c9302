package sqlitestore

import (
	"context"
	"io/fs"
	"testing"
	"testing/fstest"
)

// Exec executes SQL, so that tests can damage the data.
func (s *Store) Exec(ctx context.Context, query string) error {
	return s.exec(ctx, "test", query)
}

// Migrations returns the migrations by file name, so that tests can write the files of earlier versions.
func Migrations(t testing.TB) fstest.MapFS {
	t.Helper()
	all := fstest.MapFS{}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name[len("migrations/"):]] = &fstest.MapFile{Data: text}
	}
	return all
}
