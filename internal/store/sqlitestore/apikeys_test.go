package sqlitestore_test

import (
	"path/filepath"
	"reflect"
	"testing"
	"testing/fstest"
	"time"

	"akita/internal/sqlitedb"
	"akita/internal/store"
	"akita/internal/store/sqlitestore"
)

func TestKeysThatAreOlderThanScopesAreForDaemons(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "akita.db")
	before := fstest.MapFS{}
	for name, file := range sqlitestore.Migrations(t) {
		if name < "0010" {
			before[name] = file
		}
	}
	old, err := sqlitedb.Open(t.Context(), path, before)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.Write.ExecContext(t.Context(), `
		INSERT INTO projects (id, name, name_key, created_at) VALUES ('svc_1', 'shop', 'shop', 0);
		INSERT INTO api_keys (id, name, secret_sha256, created_at, last_used_at)
		VALUES ('apk_1', 'dyno', zeroblob(32), 0, 60000000)`); err != nil {
		t.Fatal(err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := open(t, path).APIKey(t.Context(), "apk_1")
	want := store.APIKey{
		ID: "apk_1", Name: "dyno", Scope: store.AgentKey, AllProjects: true,
		Created: time.UnixMicro(0).UTC(), LastUsed: time.UnixMicro(60e6).UTC(),
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}
