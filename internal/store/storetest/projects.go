package storetest

import (
	"testing"

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
