package storetest

import (
	"testing"
	"time"

	"akita/internal/store"
)

func testRoutes(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	_, err := f.Routes(ctx, demo.ID)
	wantError(t, err, store.ErrNotFound)
	reported := func(after time.Duration, text string) store.RouteList {
		return store.RouteList{Reported: now.Add(after), List: []byte(text)}
	}
	for _, step := range []struct{ put, want store.RouteList }{
		{reported(time.Minute, "b"), reported(time.Minute, "b")},
		{reported(0, "older"), reported(time.Minute, "b")},
		{reported(time.Minute, "b"), reported(time.Minute, "b")},
		{reported(time.Minute, "a"), reported(time.Minute, "b")}, // the same in any order
		{reported(time.Minute, "c"), reported(time.Minute, "c")},
		{reported(time.Hour, "a"), reported(time.Hour, "a")},
	} {
		must(t, f.PutRoutes(ctx, demo.ID, step.put))
		equal(t, ok(f.Routes(ctx, demo.ID))(t), step.want)
	}
	must(t, f.PutRoutes(ctx, other.ID, reported(0, "other")))
	wantError(t, f.PutRoutes(ctx, "unknown", reported(0, "x")), store.ErrNotFound)

	must(t, f.DeleteProject(ctx, demo.ID, now))
	_, err = f.Routes(ctx, demo.ID)
	wantError(t, err, store.ErrNotFound)
	equal(t, ok(f.Routes(ctx, other.ID))(t), reported(0, "other"))
}
