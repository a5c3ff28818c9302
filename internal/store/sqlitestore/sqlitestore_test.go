// The conformance suite storetest covers the methods of Store in apikeys.go,
// daemons.go, models.go, projects.go, sessions.go, sql.go, traces.go and users.go.
package sqlitestore_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"akita/internal/id"
	"akita/internal/store"
	"akita/internal/store/sqlitestore"
	"akita/internal/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t testing.TB, path string) *sqlitestore.Store {
	t.Helper()
	s, err := sqlitestore.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestConformance(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t testing.TB) store.Store { return open(t, filepath.Join(t.TempDir(), "akita.db")) })
}

func TestStateSurvivesReopening(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "akita.db")
	project := store.Project{ID: id.New(id.Project), Name: "demo", Created: time.UnixMicro(1).UTC()}

	first := open(t, path)
	if err := first.CreateProject(t.Context(), project); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := open(t, path).Project(t.Context(), "demo")
	if err != nil || got != project {
		t.Errorf("got %+v, %v, want %+v", got, err, project)
	}
}

func TestFullDiskIsErrFull(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "akita.db"))
	if err := s.Exec(t.Context(), "PRAGMA max_page_count = 1"); err != nil { // SQLite uses the current page count
		t.Fatal(err)
	}
	huge := store.Project{ID: id.New(id.Project), Name: strings.Repeat("x", 1<<20)}
	if err := s.CreateProject(t.Context(), huge); !errors.Is(err, store.ErrFull) {
		t.Errorf("error = %v, want %q", err, store.ErrFull)
	}
}

func TestCorruptRowsAreErrors(t *testing.T) {
	t.Parallel()
	for _, damage := range []string{
		"UPDATE api_keys SET secret_sha256 = x'00'",
		"UPDATE daemons SET clients = '{'",
	} {
		path := filepath.Join(t.TempDir(), "akita.db")
		s := open(t, path)
		ctx, now := t.Context(), time.Now()
		if err := s.CreateAPIKey(ctx, store.APIKey{ID: id.New(id.APIKey), Created: now}); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveHeartbeat(ctx, store.Daemon{Name: "d", LastHeartbeat: now}); err != nil {
			t.Fatal(err)
		}
		if err := s.Exec(ctx, damage); err != nil {
			t.Fatal(err)
		}
		_, errKeys := s.APIKeys(ctx)
		_, errDaemons := s.Daemons(ctx, time.Time{})
		if errKeys == nil && errDaemons == nil {
			t.Errorf("no error after %s", damage)
		}
	}
}
