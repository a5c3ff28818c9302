package storetest

import (
	"testing"
	"time"

	"akita/internal/id"
	"akita/internal/store"
)

func testCreateProject(t *testing.T, f fixture) {
	ctx := t.Context()
	_, err := f.Project(ctx, "django-demo")
	wantError(t, err, store.ErrNotFound)

	demo := f.project("Django-Demo")
	for _, text := range []string{demo.ID, "Django-Demo", "django-demo", "DJANGO-DEMO"} {
		equal(t, ok(f.Project(ctx, text))(t), demo)
	}
	for _, taken := range []store.Project{
		{ID: id.New(id.Project), Name: "django-DEMO", Created: now},
		{ID: demo.ID, Name: "another", Created: now},
	} {
		wantError(t, f.CreateProject(ctx, taken), store.ErrExists)
	}
}

func testCreateProjectRace(t *testing.T, f fixture) {
	names := []string{"demo", "DEMO", "Demo", "dEMO"}
	n := race(t, store.ErrExists, func(i int) error {
		p := store.Project{ID: id.New(id.Project), Name: names[i%len(names)], Created: now}
		return f.CreateProject(t.Context(), p)
	})
	equal(t, n, 1)
}

func testProjectIDBeforeName(t *testing.T, f fixture) {
	demo := f.project("demo")
	f.project(demo.ID) // the name of one project is the id of another
	equal(t, ok(f.Project(t.Context(), demo.ID))(t), demo)
}

func testProjects(t *testing.T, f fixture) {
	equal(t, ok(f.Projects(t.Context()))(t), []store.Project{})
	b, a, c := f.project("Beta"), f.project("alpha"), f.project("gamma")
	equal(t, ok(f.Projects(t.Context()))(t), []store.Project{a, b, c})
}

func testAPIKey(t *testing.T, f fixture) {
	ctx := t.Context()
	equal(t, ok(f.APIKeys(ctx))(t), []store.APIKey{})
	older := store.APIKey{ID: id.New(id.APIKey), Name: "ci", SecretSHA256: [32]byte{1, 31: 2}, Created: now}
	newer := store.APIKey{ID: id.New(id.APIKey), Name: "ci", Created: now.Add(time.Second)}
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
