package sqlitedb_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

func TestStatementsSeeWhatIsWritten(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"), files(users))
	// More queries than are kept, each from several goroutines, while the schema changes.
	var wait sync.WaitGroup
	for i := range 300 {
		write := fmt.Sprintf("INSERT INTO users (name) VALUES ('%d')", i)
		if i%100 == 50 {
			write = fmt.Sprintf("ALTER TABLE users ADD COLUMN column_%d TEXT", i)
		}
		if _, err := db.Write.ExecContext(t.Context(), write); err != nil {
			t.Fatal(err)
		}
		for range 4 {
			wait.Go(func() {
				rows, err := db.Queries.Query(t.Context(), fmt.Sprintf("SELECT name, %d FROM users WHERE name = ?", i), "7")
				if err != nil {
					t.Error(err)
					return
				}
				defer rows.Close()
				if found := rows.Next(); rows.Err() != nil || found != (i >= 7) {
					t.Errorf("query %d found a row: %t, %v", i, found, rows.Err())
				}
			})
		}
		wait.Wait()
	}
}

func TestQueryThatIsWrong(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "a.db"), files(users))
	rows, err := db.Queries.Query(t.Context(), "SELECT absent FROM users")
	if err == nil {
		defer rows.Close()
		t.Errorf("got rows, and %v", rows.Err())
	}
}
