package storetest

import (
	"testing"

	"akita/internal/store"
)

// withSeries returns a unit with a series.
func withSeries(u store.Unit, text string) store.Unit {
	u.Series = []byte(text)
	return u
}

// series returns the series of a project, or of a trace in it.
func (f fixture) series(projectID, traceID string) []string {
	f.t.Helper()
	texts := []string{}
	of := store.Units{ProjectID: projectID, TraceID: traceID, Part: store.AnyPart, Of: store.OnlySeries}
	for _, u := range ok(f.Units(f.t.Context(), of))(f.t) {
		if u.Model != nil {
			f.t.Errorf("the model %q is read, which was not asked for", u.Model)
		}
		texts = append(texts, string(u.Series))
	}
	return texts
}

func testSeries(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	a, c := f.trace(demo, "a", 0), f.trace(other, "c", 0)
	ofA, ofC := f.capture(a), f.capture(c)
	first, second := withSeries(unit(ofA, 1, 1, 1, "1"), "one"), withSeries(unit(ofA, 2, 1, 1, "2"), "two")
	f.fold(first, second, unit(ofA, 3, 1, 1, "of an earlier version"), withSeries(unit(ofC, 1, 1, 1, "c"), "of c"))
	equal(t, f.stored(first), first)
	equal(t, f.series(demo.ID, ""), []string{"one", "two"})
	equal(t, f.series(demo.ID, a.ID), []string{"one", "two"})
	of := store.Units{ProjectID: demo.ID, From: 2, Part: store.AnyPart, Of: store.ModelsAndSeries}
	both := ok(f.Units(ctx, of))(t)
	equal(t, len(both), 2)
	equal(t, string(both[0].Model)+string(both[0].Series), "2two")
	equal(t, f.texts(demo.ID, ""), []string{"1", "2", "of an earlier version"})

	// The series of a unit is replaced with it, or alone.
	f.fold(withSeries(unit(ofA, 1, 1, 2, "1+"), "one+"))
	equal(t, f.series(demo.ID, ""), []string{"one+", "two"})
	version := ok(f.Version(ctx, demo.ID, ""))(t)
	must(t, f.ReplaceSeries(ctx, demo.ID, 2, []store.Unit{withSeries(unit(ofA, 1, 1, 0, ""), "hour")}))
	equal(t, f.series(demo.ID, ""), []string{"hour", "two"})
	equal(t, f.texts(demo.ID, ""), []string{"1+", "2", "of an earlier version"})
	equal(t, ok(f.Version(ctx, demo.ID, ""))(t), version)
	equal(t, ok(f.Project(ctx, demo.ID))(t).Joined, store.Joined{Hours: 2})
	equal(t, ok(f.Project(ctx, other.ID))(t).Joined, store.Joined{})
	wantError(t, f.ReplaceSeries(ctx, "unknown", 2, nil), store.ErrNotFound)
	wantError(t, f.ReplaceSeries(ctx, demo.ID, 9, []store.Unit{withSeries(unit(ofA, 9, 9, 0, ""), "of no unit")}),
		store.ErrNotFound)
	equal(t, ok(f.Project(ctx, demo.ID))(t).Joined, store.Joined{Hours: 2})
}

// A series goes where its unit goes.
func testSeriesFollowUnits(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	a, b := f.trace(demo, "a", 0), f.trace(demo, "b", 0)
	ofA, ofAB, ofB := f.capture(a), f.capture(a, b), f.capture(b)
	f.fold(
		withSeries(unit(ofA, 24, 1, 1, ""), "a"), withSeries(unit(ofAB, 24, 1, 1, ""), "ab"),
		withSeries(unit(ofAB, 25, 1, 1, ""), "ab2"), withSeries(unit(ofB, 24, 1, 1, ""), "b"),
	)
	must(t, f.DeleteTrace(ctx, f.deletion(b, withSeries(unit(ofA, 24, 1, 2, ""), "a+ab")), now))
	equal(t, f.series(demo.ID, ""), []string{"a+ab", "ab2"})
	equal(t, f.series(demo.ID, a.ID), []string{"a+ab", "ab2"})

	sum := withSeries(unit(ofA, 24, 1, 3, ""), "day")
	sum.Hours = 24
	must(t, f.JoinUnits(ctx, store.Join{ProjectID: demo.ID, From: 24, To: 48, Units: []store.Unit{sum}}))
	equal(t, f.series(demo.ID, ""), []string{"day"})

	equal(t, ok(f.DeleteUnitsBefore(ctx, demo.ID, 48))(t), 1)
	equal(t, f.series(demo.ID, ""), []string{})

	f.fold(withSeries(unit(ofA, 99, 1, 1, ""), "new"))
	must(t, f.DeleteProject(ctx, demo.ID, now))
	equal(t, f.series(demo.ID, ""), []string{})
}
