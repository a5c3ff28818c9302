package storetest

import (
	"testing"
	"time"

	"akita/internal/store"
)

func testTests(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	_, err := f.Tests(ctx, demo.ID, "unit")
	wantError(t, err, store.ErrNotFound)
	wantError(t, f.DeleteTests(ctx, demo.ID, "unit"), store.ErrNotFound)
	equal(t, ok(f.ListTests(ctx, demo.ID))(t), []store.Tests{})
	put := func(project, name, text string, after time.Duration) store.Tests {
		of := store.Tests{Name: name, Uploaded: now.Add(after), By: "admin", Calls: 7, Recording: []byte(text)}
		must(t, f.PutTests(ctx, project, of))
		return of
	}

	// The last upload counts, whatever its time.
	put(demo.ID, "unit", "first", time.Minute)
	unit := put(demo.ID, "unit", "second", 0)
	browser := put(demo.ID, "browser", "third", 0)
	elsewhere := put(other.ID, "unit", "other", 0)
	equal(t, ok(f.Tests(ctx, demo.ID, "unit"))(t), unit)
	equal(t, ok(f.Tests(ctx, other.ID, "unit"))(t), elsewhere)

	listed := []store.Tests{browser, unit}
	for i := range listed {
		listed[i].Recording = nil
	}
	equal(t, ok(f.ListTests(ctx, demo.ID))(t), listed)

	must(t, f.DeleteTests(ctx, demo.ID, "browser"))
	equal(t, ok(f.ListTests(ctx, demo.ID))(t), listed[1:])
	wantError(t, f.PutTests(ctx, "unknown", unit), store.ErrNotFound)

	must(t, f.DeleteProject(ctx, demo.ID, now))
	_, err = f.Tests(ctx, demo.ID, "unit")
	wantError(t, err, store.ErrNotFound)
	equal(t, ok(f.Tests(ctx, other.ID, "unit"))(t), elsewhere)
}
