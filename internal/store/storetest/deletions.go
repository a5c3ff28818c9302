package storetest

import (
	"testing"

	"akita/internal/id"
	"akita/internal/store"
)

// deletion returns a deletion of a trace from the present version.
func (f fixture) deletion(trace store.Trace, sums ...store.Unit) store.Deletion {
	f.t.Helper()
	version := ok(f.Version(f.t.Context(), trace.ProjectID, ""))(f.t)
	return store.Deletion{ProjectID: trace.ProjectID, TraceID: trace.ID, Version: version, Sums: sums}
}

// fold stores units.
func (f fixture) fold(units ...store.Unit) {
	f.t.Helper()
	position := ok(f.Position(f.t.Context()))(f.t)
	must(f.t, f.ApplyFold(f.t.Context(), store.Fold{After: position, Position: position + 1, Units: units}))
}

// texts returns the models of a project, or of a trace in it.
func (f fixture) texts(projectID, traceID string) []string {
	f.t.Helper()
	texts := []string{}
	of := store.Units{ProjectID: projectID, TraceID: traceID, Part: store.AnyPart}
	for _, u := range ok(f.Units(f.t.Context(), of))(f.t) {
		texts = append(texts, string(u.Model))
	}
	return texts
}

func testDeleteTrace(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	a, b := f.trace(demo, "a", 0), f.trace(demo, "b", 0)
	ofA, ofB := f.capture(a), f.capture(b)
	f.fold(unit(ofA, 1, 1, 1, "of a"), unit(ofB, 1, 1, 1, "of b"))
	before := ok(f.Version(ctx, demo.ID, ""))(t)

	equal(t, ok(f.Deleted(ctx, a.ID))(t), false)
	must(t, f.DeleteTrace(ctx, f.deletion(a), now))
	_, err := f.Trace(ctx, demo.ID, a.ID)
	wantError(t, err, store.ErrNotFound)
	equal(t, f.texts(demo.ID, ""), []string{"of b"})
	equal(t, ok(f.Captures(ctx, demo.ID))(t), []store.Capture{ofB})
	equal(t, ok(f.Deleted(ctx, a.ID))(t), true)
	equal(t, ok(f.Deleted(ctx, b.ID))(t), false)
	if after := ok(f.Version(ctx, demo.ID, ""))(t); after.Generation == before.Generation {
		t.Errorf("the generation stays %d", after.Generation)
	}

	// Nothing can be folded into it any more.
	position := ok(f.Position(ctx))(t)
	for _, fold := range []store.Fold{
		{Units: []store.Unit{unit(ofA, 1, 1, 1, "late")}},
		{Counts: map[string]int64{a.ID: 1}},
	} {
		fold.After, fold.Position = position, position+1
		wantError(t, f.ApplyFold(ctx, fold), store.ErrNotFound)
	}
	_, err = f.Capture(ctx, demo.ID, []string{a.ID})
	wantError(t, err, store.ErrNotFound)

	wantError(t, f.DeleteTrace(ctx, f.deletion(a), now), store.ErrNotFound)
	foreign := f.deletion(b)
	foreign.ProjectID = f.project("other").ID
	foreign.Version = ok(f.Version(ctx, foreign.ProjectID, ""))(t)
	wantError(t, f.DeleteTrace(ctx, foreign, now), store.ErrNotFound)
	equal(t, f.texts(demo.ID, b.ID), []string{"of b"})
	f.trace(demo, a.Name, 0) // its name is free
}

// A capture of several traces loses the deleted one. Its units move if there is a capture of the
// rest.
func testDeleteTraceOfSharedCaptures(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	a, b, c := f.trace(demo, "a", 0), f.trace(demo, "b", 0), f.trace(demo, "c", 0)
	ofA, ofAB, ofBC, ofB := f.capture(a), f.capture(a, b), f.capture(b, c), f.capture(b)
	f.fold(
		unit(ofA, 1, 1, 1, "a"), unit(ofAB, 1, 1, 2, "ab"), unit(ofAB, 2, 1, 4, "ab2"),
		unit(ofBC, 1, 2, 8, "bc"), unit(ofB, 1, 3, 16, "b"),
	)
	must(t, f.DeleteTrace(ctx, f.deletion(b, unit(ofA, 1, 1, 3, "a+ab")), now))

	equal(t, f.texts(demo.ID, ""), []string{"a+ab", "ab2", "bc"})
	equal(t, f.texts(demo.ID, a.ID), []string{"a+ab", "ab2"})
	equal(t, f.texts(demo.ID, c.ID), []string{"bc"})
	equal(t, f.texts(demo.ID, b.ID), []string{})
	equal(t, f.capture(a), ofA)
	equal(t, f.capture(c), store.Capture{ID: ofBC.ID, ProjectID: demo.ID, TraceIDs: []string{c.ID}})
	equal(t, len(ok(f.Captures(ctx, demo.ID))(t)), 2)
}

// Calls that are stored again for another trace count in the project when the traces that had them
// before are deleted.
func testDeleteTraceOfRepeats(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	a, b, c := f.trace(demo, "a", 0), f.trace(demo, "b", 0), f.trace(demo, "c", 0)
	ofA, bAfterA := f.capture(a), f.repeat([]store.Trace{b}, a)
	cAfterAB, ofAB := f.repeat([]store.Trace{c}, a, b), f.capture(a, b)
	f.fold(
		unit(ofA, 1, 1, 1, "x"), unit(bAfterA, 1, 1, 1, "x again"), unit(cAfterAB, 1, 1, 1, "x once more"),
		unit(ofAB, 2, 1, 2, "ab"), unit(bAfterA, 2, 1, 4, "y"),
	)
	equal(t, f.texts(demo.ID, ""), []string{"x", "ab"})
	equal(t, f.texts(demo.ID, b.ID), []string{"x again", "y", "ab"})
	stale := f.deletion(c)
	f.fold(unit(bAfterA, 3, 1, 8, "z"))
	wantError(t, f.DeleteTrace(ctx, stale, now), store.ErrStaleVersion)

	// b does not repeat a any more: it has the same traces as the rest of a and b.
	must(t, f.DeleteTrace(ctx, f.deletion(a, unit(bAfterA, 2, 1, 6, "ab+y")), now))
	equal(t, f.texts(demo.ID, ""), []string{"x again", "ab+y", "z"})
	equal(t, f.texts(demo.ID, b.ID), []string{"x again", "ab+y", "z"})
	equal(t, f.texts(demo.ID, c.ID), []string{"x once more"})
	equal(t, ok(f.Captures(ctx, demo.ID))(t), []store.Capture{
		{ID: bAfterA.ID, ProjectID: demo.ID, TraceIDs: []string{b.ID}},
		{ID: cAfterAB.ID, ProjectID: demo.ID, TraceIDs: []string{c.ID}, Repeats: []string{b.ID}},
	})

	must(t, f.DeleteTrace(ctx, f.deletion(b), now))
	equal(t, f.texts(demo.ID, ""), []string{"x once more"})
}

func testDeleteTraceOfStaleVersion(t *testing.T, f fixture) {
	demo := f.project("demo")
	trace := f.trace(demo, "a", 0)
	capture := f.capture(trace)
	stale := f.deletion(trace)
	f.fold(unit(capture, 1, 1, 1, "newer"))
	wantError(t, f.DeleteTrace(t.Context(), stale, now), store.ErrStaleVersion)
	equal(t, f.texts(demo.ID, trace.ID), []string{"newer"})
	equal(t, ok(f.Deleted(t.Context(), trace.ID))(t), false)
}

func testDeleteProject(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	a, b, c := f.trace(demo, "a", 0), f.trace(demo, "b", 0), f.trace(other, "c", 0)
	ofAB, ofC := f.capture(a, b), f.capture(c)
	f.fold(unit(ofAB, 1, 1, 1, "ab"), unit(ofC, 1, 1, 1, "c"))

	must(t, f.DeleteProject(ctx, demo.ID, now))
	_, err := f.Project(ctx, demo.ID)
	wantError(t, err, store.ErrNotFound)
	equal(t, ok(f.Projects(ctx))(t), []store.Project{other})
	equal(t, f.texts(demo.ID, ""), []string{})
	equal(t, f.texts(other.ID, ""), []string{"c"})
	equal(t, ok(f.Captures(ctx, demo.ID))(t), []store.Capture{})
	_, err = f.Trace(ctx, demo.ID, a.ID)
	wantError(t, err, store.ErrNotFound)
	for id, want := range map[string]bool{demo.ID: true, a.ID: true, b.ID: true, other.ID: false, c.ID: false} {
		equal(t, ok(f.Deleted(ctx, id))(t), want)
	}
	wantError(t, f.DeleteProject(ctx, demo.ID, now), store.ErrNotFound)
	f.project(demo.Name) // its name is free
}

func testDeleteUnitsBefore(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	ofDemo, ofOther := f.capture(f.trace(demo, "a", 0)), f.capture(f.trace(other, "b", 0))
	day := unit(ofDemo, 24, 1, 1, "day")
	day.Hours = 24
	f.fold(day, unit(ofDemo, 48, 1, 1, "48"), unit(ofDemo, 49, 1, 1, "49"), unit(ofOther, 1, 1, 1, "other"))
	for _, c := range []struct {
		before  store.Hour
		deleted int64
		rest    []string
	}{
		{0, 0, []string{"day", "48", "49"}},
		{47, 0, []string{"day", "48", "49"}}, // the day has the hour 47
		{48, 1, []string{"48", "49"}},
		{49, 1, []string{"49"}},
		{49, 0, []string{"49"}},
		{99, 1, []string{}},
	} {
		before := ok(f.Version(ctx, demo.ID, ""))(t)
		equal(t, ok(f.DeleteUnitsBefore(ctx, demo.ID, c.before))(t), c.deleted)
		equal(t, f.texts(demo.ID, ""), c.rest)
		after := ok(f.Version(ctx, demo.ID, ""))(t)
		equal(t, after.Generation != before.Generation, c.deleted > 0)
	}
	equal(t, f.texts(other.ID, ""), []string{"other"})
}

func testRetention(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	must(t, f.SetRetention(ctx, demo.ID, 30))
	equal(t, ok(f.Project(ctx, demo.ID))(t).RetentionDays, 30)
	equal(t, ok(f.Project(ctx, other.ID))(t), other)
	must(t, f.SetRetention(ctx, demo.ID, 0))
	equal(t, ok(f.Project(ctx, demo.ID))(t), demo)
	wantError(t, f.SetRetention(ctx, id.New(id.Project), 1), store.ErrNotFound)
}

func testPurge(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	a, b := f.trace(demo, "a", 0), f.trace(demo, "b", 0)
	f.fold(unit(f.capture(a), 1, 1, 1, "of a"), unit(f.capture(b), 1, 1, 1, "of b"))
	equal(t, ok(f.Unpurged(ctx))(t), []string{})
	must(t, f.DeleteTrace(ctx, f.deletion(a), now))
	equal(t, ok(f.Unpurged(ctx))(t), []string{a.ID})
	must(t, f.Purge(ctx, nil))
	equal(t, ok(f.Unpurged(ctx))(t), []string{a.ID})
	must(t, f.Purge(ctx, []string{a.ID}))
	equal(t, ok(f.Unpurged(ctx))(t), []string{})
	equal(t, ok(f.Deleted(ctx, a.ID))(t), true)
	equal(t, f.texts(demo.ID, ""), []string{"of b"})
}
