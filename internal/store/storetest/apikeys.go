package storetest

import (
	"slices"
	"testing"
	"time"

	"akita/internal/id"
	"akita/internal/store"
)

func testAPIKey(t *testing.T, f fixture) {
	ctx := t.Context()
	equal(t, ok(f.APIKeys(ctx))(t), []store.APIKey{})
	older := store.APIKey{
		ID: id.New(id.APIKey), Name: "ci", SecretSHA256: [32]byte{1, 31: 2}, Created: now,
		Scope: store.FullKey, AllProjects: true, CreatedBy: "ada",
	}
	newer := store.APIKey{ID: id.New(id.APIKey), Name: "ci", Scope: store.ReadKey, Created: now.Add(time.Second)}
	must(t, f.CreateAPIKey(ctx, older))
	must(t, f.CreateAPIKey(ctx, newer))
	wantError(t, f.CreateAPIKey(ctx, older), store.ErrExists)

	equal(t, ok(f.APIKey(ctx, older.ID))(t), older)
	equal(t, ok(f.APIKeys(ctx))(t), []store.APIKey{newer, older})

	must(t, f.DeleteAPIKey(ctx, older.ID))
	_, err := f.APIKey(ctx, older.ID)
	wantError(t, err, store.ErrNotFound)
	wantError(t, f.DeleteAPIKey(ctx, older.ID), store.ErrNotFound)
	equal(t, ok(f.APIKeys(ctx))(t), []store.APIKey{newer})
}

// testAPIKeyOfProjects checks that a key loses the projects that are deleted, and gets no other ones.
func testAPIKeyOfProjects(t *testing.T, f fixture) {
	ctx := t.Context()
	a, b := f.project("a"), f.project("b")
	both := slices.Sorted(slices.Values([]string{a.ID, b.ID}))
	key := store.APIKey{ID: id.New(id.APIKey), Scope: store.AgentKey, ProjectIDs: both, Created: now}
	must(t, f.CreateAPIKey(ctx, key))
	equal(t, ok(f.APIKey(ctx, key.ID))(t), key)
	other := store.APIKey{ID: id.New(id.APIKey), ProjectIDs: []string{b.ID}, Created: now.Add(time.Second)}
	must(t, f.CreateAPIKey(ctx, other))
	equal(t, ok(f.APIKeys(ctx))(t), []store.APIKey{other, key})

	unknown := store.APIKey{ID: id.New(id.APIKey), ProjectIDs: []string{a.ID, id.New(id.Project)}, Created: now}
	wantError(t, f.CreateAPIKey(ctx, unknown), store.ErrNotFound)
	_, err := f.APIKey(ctx, unknown.ID)
	wantError(t, err, store.ErrNotFound)

	for _, p := range []store.Project{a, b} {
		must(t, f.DeleteProject(ctx, p.ID, now))
		key.ProjectIDs = slices.DeleteFunc(key.ProjectIDs, func(id string) bool { return id == p.ID })
		if len(key.ProjectIDs) == 0 {
			key.ProjectIDs = nil
		}
		equal(t, ok(f.APIKey(ctx, key.ID))(t), key)
	}
	f.project("a")
	equal(t, ok(f.APIKey(ctx, key.ID))(t), key)
	must(t, f.DeleteAPIKey(ctx, key.ID))
}

func testTouchAPIKey(t *testing.T, f fixture) {
	ctx := t.Context()
	key, other := id.New(id.APIKey), id.New(id.APIKey)
	must(t, f.CreateAPIKey(ctx, store.APIKey{ID: key, Created: now}))
	must(t, f.CreateAPIKey(ctx, store.APIKey{ID: other, Created: now}))
	minute := now.Truncate(time.Minute)
	for _, c := range []struct{ used, want time.Time }{
		{now, minute},
		{now.Add(time.Second), minute},
		{minute.Add(time.Minute), minute.Add(time.Minute)},
		{now, minute.Add(time.Minute)}, // never moves back
	} {
		must(t, f.TouchAPIKey(ctx, key, c.used))
		equal(t, ok(f.APIKey(ctx, key))(t).LastUsed, c.want)
	}
	equal(t, ok(f.APIKey(ctx, other))(t).LastUsed.IsZero(), true)
	wantError(t, f.TouchAPIKey(ctx, id.New(id.APIKey), now), store.ErrNotFound)
}
