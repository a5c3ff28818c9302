package storetest

import (
	"testing"

	"akita/internal/id"
	"akita/internal/store"
)

func testNothingFolded(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	trace := f.trace(demo, "trace", 0)
	equal(t, ok(f.Position(ctx))(t), 0)
	_, err := f.Model(ctx, trace.ID)
	wantError(t, err, store.ErrNotFound)
	equal(t, ok(f.ModelPositions(ctx, demo.ID))(t), map[string]int64{})
}

func testApplyFold(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	a, b, c := f.trace(demo, "a", 0), f.trace(demo, "b", 0), f.trace(other, "c", 0)

	first := []store.TraceModel{model(a, 3, "model of a"), model(c, 9, "\x00\xff")}
	must(t, f.ApplyFold(ctx, store.Fold{Position: 7, Models: first}))
	equal(t, ok(f.Position(ctx))(t), 7)
	equal(t, ok(f.Model(ctx, a.ID))(t), first[0])
	equal(t, ok(f.Model(ctx, c.ID))(t), first[1])
	equal(t, ok(f.Trace(ctx, demo.ID, a.ID))(t).Witnesses, 3)

	second := []store.TraceModel{model(a, 5, "new model of a"), model(b, 1, "model of b")}
	must(t, f.ApplyFold(ctx, store.Fold{After: 7, Position: 8, Models: second}))
	equal(t, ok(f.Model(ctx, a.ID))(t), second[0])
	equal(t, ok(f.Model(ctx, b.ID))(t), second[1])
	equal(t, ok(f.Model(ctx, c.ID))(t), first[1])
	equal(t, ok(f.Trace(ctx, demo.ID, a.ID))(t).Witnesses, 5)
	listed, _, err := f.Traces(ctx, demo.ID, store.Page{Limit: 1})
	must(t, err)
	equal(t, listed[0].Witnesses, 1)

	must(t, f.ApplyFold(ctx, store.Fold{After: 8, Position: 9})) // every bundle was quarantined
	equal(t, ok(f.Position(ctx))(t), 9)
}

func model(t store.Trace, witnesses int64, text string) store.TraceModel {
	return store.TraceModel{TraceID: t.ID, Witnesses: witnesses, Model: []byte(text)}
}

func testApplyFoldIsAtomic(t *testing.T, f fixture) {
	ctx := t.Context()
	trace := f.trace(f.project("demo"), "trace", 0)
	before := model(trace, 1, "before")
	must(t, f.ApplyFold(ctx, store.Fold{Position: 1, Models: []store.TraceModel{before}}))

	err := f.ApplyFold(ctx, store.Fold{After: 1, Position: 2, Models: []store.TraceModel{
		model(trace, 2, "after"),
		model(store.Trace{ID: id.New(id.Trace)}, 1, "of an unknown trace"),
	}})
	wantError(t, err, store.ErrNotFound)
	equal(t, ok(f.Position(ctx))(t), 1)
	equal(t, ok(f.Model(ctx, trace.ID))(t), before)
}

func testPositionMovesForward(t *testing.T, f fixture) {
	ctx := t.Context()
	trace := f.trace(f.project("demo"), "trace", 0)
	right := model(trace, 1, "right")
	must(t, f.ApplyFold(ctx, store.Fold{Position: 10, Models: []store.TraceModel{right}}))
	for _, stale := range []struct{ after, position int64 }{
		{0, 11}, {9, 11}, {11, 12}, // not from the stored position
		{10, 10}, {10, 9}, {10, -1}, // not forward
		{0, 10}, // a repeated fold
	} {
		fold := store.Fold{After: stale.after, Position: stale.position, Models: []store.TraceModel{model(trace, 2, "wrong")}}
		wantError(t, f.ApplyFold(ctx, fold), store.ErrStalePosition)
		equal(t, ok(f.Position(ctx))(t), 10)
		equal(t, ok(f.Model(ctx, trace.ID))(t), right)
	}
}

func testPositionRace(t *testing.T, f fixture) {
	trace := f.trace(f.project("demo"), "trace", 0)
	n := race(t, store.ErrStalePosition, func(i int) error {
		models := []store.TraceModel{model(trace, int64(i), "model")}
		return f.ApplyFold(t.Context(), store.Fold{Position: 1, Models: models})
	})
	equal(t, n, 1)
}

func testModelPositions(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	a, b, c := f.trace(demo, "a", 0), f.trace(demo, "b", 0), f.trace(other, "c", 0)
	fold := func(position int64, traces ...store.Trace) {
		t.Helper()
		fold := store.Fold{After: position - 1, Position: position}
		for _, trace := range traces {
			fold.Models = append(fold.Models, model(trace, 1, "model"))
		}
		must(t, f.ApplyFold(ctx, fold))
	}
	check := func(project store.Project, want map[string]int64) {
		t.Helper()
		equal(t, ok(f.ModelPositions(ctx, project.ID))(t), want)
	}
	fold(1, a)
	check(demo, map[string]int64{a.ID: 1})
	fold(2, a, b)
	check(demo, map[string]int64{a.ID: 2, b.ID: 2})
	fold(3, b, c)
	check(demo, map[string]int64{a.ID: 2, b.ID: 3})
	check(other, map[string]int64{c.ID: 3})
}

// testReadersSeeWholeFolds applies folds of two traces while other goroutines
// read: they must never see one model without the other.
func testReadersSeeWholeFolds(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	a, b := f.trace(demo, "a", 0), f.trace(demo, "b", 0)
	const folds = 20
	race(t, nil, func(i int) error {
		for n := range int64(folds) {
			if i == 0 {
				models := []store.TraceModel{model(a, n, "a"), model(b, n, "b")}
				if err := f.ApplyFold(ctx, store.Fold{After: n, Position: n + 1, Models: models}); err != nil {
					return err
				}
				continue
			}
			positions, err := f.ModelPositions(ctx, demo.ID)
			if err != nil {
				return err
			}
			if positions[a.ID] != positions[b.ID] {
				t.Errorf("half a fold: %v", positions)
			}
		}
		return nil
	})
	equal(t, ok(f.Position(ctx))(t), folds)
}
