package storetest

import (
	"testing"

	"akita/internal/store"
)

func testNothingFolded(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	capture := f.capture(f.trace(demo, "trace", 0))
	equal(t, ok(f.Position(ctx))(t), 0)
	equal(t, ok(f.UnitsAt(ctx, capture.ID, 1, []int{1}))(t), []store.Unit{})
	equal(t, ok(f.Units(ctx, store.Units{ProjectID: demo.ID, Part: store.AnyPart}))(t), []store.Unit{})
	equal(t, ok(f.Version(ctx, demo.ID, ""))(t), store.Version{})
}

// unit returns an hour of a part.
func unit(c store.Capture, start store.Hour, part int, witnesses int64, text string) store.Unit {
	return store.Unit{
		CaptureID: c.ID, Start: start, Part: part, Hours: 1, Witnesses: witnesses, Model: []byte(text),
	}
}

// stored returns the unit that is stored in the place of u, without its version.
func (f fixture) stored(u store.Unit) store.Unit {
	f.t.Helper()
	got := ok(f.UnitsAt(f.t.Context(), u.CaptureID, u.Start, []int{u.Part}))(f.t)
	if len(got) != 1 {
		f.t.Fatalf("%d units are stored, want 1", len(got))
	}
	got[0].Version = 0
	return got[0]
}

func testApplyFold(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	a, c := f.trace(demo, "a", 0), f.trace(other, "c", 0)
	ofA, ofC := f.capture(a), f.capture(c)

	first := []store.Unit{unit(ofA, 5, 1, 3, "unit of a"), unit(ofC, 5, 1, 9, "\x00\xff")}
	must(t, f.ApplyFold(ctx, store.Fold{Position: 7, Units: first, Counts: map[string]int64{a.ID: 3, c.ID: 9}}))
	equal(t, ok(f.Position(ctx))(t), 7)
	equal(t, f.stored(first[0]), first[0])
	equal(t, f.stored(first[1]), first[1])
	equal(t, ok(f.Trace(ctx, demo.ID, a.ID))(t).Witnesses, 3)

	second := []store.Unit{unit(ofA, 5, 1, 5, "new"), unit(ofA, 5, 2, 1, "part 2"), unit(ofA, 6, 1, 1, "hour 6")}
	must(t, f.ApplyFold(ctx, store.Fold{After: 7, Position: 8, Units: second, Counts: map[string]int64{a.ID: 4}}))
	for _, u := range append(second, first[1]) {
		equal(t, f.stored(u), u)
	}
	equal(t, ok(f.Trace(ctx, demo.ID, a.ID))(t).Witnesses, 7)

	must(t, f.ApplyFold(ctx, store.Fold{After: 8, Position: 9})) // every bundle was quarantined
	equal(t, ok(f.Position(ctx))(t), 9)
}

func testApplyFoldIsAtomic(t *testing.T, f fixture) {
	ctx := t.Context()
	trace := f.trace(f.project("demo"), "trace", 0)
	capture := f.capture(trace)
	before := unit(capture, 1, 1, 1, "before")
	must(t, f.ApplyFold(ctx, store.Fold{Position: 1, Units: []store.Unit{before}}))

	after := unit(capture, 1, 1, 2, "after")
	for _, fold := range []store.Fold{
		{After: 1, Position: 2, Units: []store.Unit{after, unit(store.Capture{ID: 99}, 1, 1, 1, "of an unknown capture")}},
		{After: 1, Position: 2, Units: []store.Unit{after}, Counts: map[string]int64{trace.ID: 1, "unknown": 1}},
	} {
		wantError(t, f.ApplyFold(ctx, fold), store.ErrNotFound)
		equal(t, ok(f.Position(ctx))(t), 1)
		equal(t, f.stored(before), before)
		equal(t, ok(f.Trace(ctx, trace.ProjectID, trace.ID))(t).Witnesses, 0)
	}
}

func testPositionMovesForward(t *testing.T, f fixture) {
	ctx := t.Context()
	capture := f.capture(f.trace(f.project("demo"), "trace", 0))
	right := unit(capture, 1, 1, 1, "right")
	must(t, f.ApplyFold(ctx, store.Fold{Position: 10, Units: []store.Unit{right}}))
	for _, stale := range []struct{ after, position int64 }{
		{0, 11}, {9, 11}, {11, 12}, // not from the stored position
		{10, 10}, {10, 9}, {10, -1}, // not forward
		{0, 10}, // a repeated fold
	} {
		wrong := []store.Unit{unit(capture, 1, 1, 2, "wrong")}
		fold := store.Fold{After: stale.after, Position: stale.position, Units: wrong}
		wantError(t, f.ApplyFold(ctx, fold), store.ErrStalePosition)
		equal(t, ok(f.Position(ctx))(t), 10)
		equal(t, f.stored(right), right)
	}
}

func testPositionRace(t *testing.T, f fixture) {
	capture := f.capture(f.trace(f.project("demo"), "trace", 0))
	n := race(t, store.ErrStalePosition, func(i int) error {
		units := []store.Unit{unit(capture, 1, 1, int64(i), "unit")}
		return f.ApplyFold(t.Context(), store.Fold{Position: 1, Units: units})
	})
	equal(t, n, 1)
}

// testReadersSeeWholeFolds applies folds of two units while other goroutines
// read: they must never see one unit without the other.
func testReadersSeeWholeFolds(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	a, b := f.capture(f.trace(demo, "a", 0)), f.capture(f.trace(demo, "b", 0))
	const folds = 20
	race(t, nil, func(i int) error {
		for n := range int64(folds) {
			if i == 0 {
				units := []store.Unit{unit(a, 1, 1, n, "a"), unit(b, 1, 2, n, "b")}
				if err := f.ApplyFold(ctx, store.Fold{After: n, Position: n + 1, Units: units}); err != nil {
					return err
				}
				continue
			}
			units, err := f.Units(ctx, store.Units{ProjectID: demo.ID, Part: store.AnyPart})
			if err != nil {
				return err
			}
			if len(units) != 0 && (len(units) != 2 || units[0].Witnesses != units[1].Witnesses) {
				t.Errorf("half a fold: %+v", units)
			}
		}
		return nil
	})
	equal(t, ok(f.Position(ctx))(t), folds)
}
