package storetest

import (
	"testing"

	"akita/internal/store"
)

// sums returns sums of a span, with the present version of the units.
func (f fixture) sums(p store.Project, from, to store.Hour, of ...store.Unit) store.Sums {
	f.t.Helper()
	for i := range of {
		of[i].Start, of[i].Hours, of[i].Version = from, int(to-from), 1
	}
	version := ok(f.Version(f.t.Context(), p.ID, ""))(f.t)
	return store.Sums{ProjectID: p.ID, Span: store.Span{From: from, To: to}, Version: version, Units: of}
}

// read returns the models of units and sums in a range.
func (f fixture) read(of store.Units) (models []string) {
	f.t.Helper()
	of.Sums = true
	for _, u := range ok(f.Units(f.t.Context(), of))(f.t) {
		models = append(models, string(u.Model))
		if isSum := u.Hours > 1; u.Sum != isSum {
			f.t.Errorf("%q is a sum: %t, want %t", u.Model, u.Sum, isSum)
		}
	}
	return models
}

func testSums(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	a, b := f.trace(demo, "a", 0), f.trace(demo, "b", 0)
	ofA, ofB := f.capture(a), f.capture(b)
	must(t, f.ApplyFold(ctx, store.Fold{Position: 1, Units: []store.Unit{
		unit(ofA, 23, 1, 1, "23"), unit(ofA, 24, 1, 1, "24"), unit(ofA, 30, 1, 1, "30"), unit(ofA, 30, 2, 1, "30 of 2"),
		unit(ofB, 31, 1, 1, "31 of b"), unit(ofA, 48, 1, 1, "48"),
	}}))
	all := store.Units{ProjectID: demo.ID, Part: store.AnyPart}
	none := f.read(all)
	must(t, f.PutSums(ctx, f.sums(demo, 24, 48,
		unit(ofA, 0, 1, 2, "day"), unit(ofA, 0, 2, 1, "day of 2"), unit(ofB, 0, 1, 1, "day of b"))))
	equal(t, ok(f.Summed(ctx, demo.ID))(t), []store.Span{{From: 24, To: 48}})
	equal(t, ok(f.Summed(ctx, f.project("other").ID))(t), []store.Span{})

	part, trace := all, all
	part.Part, trace.TraceID = 2, b.ID
	within, partly := all, all
	within.From, within.To, partly.From, partly.To = 24, 48, 25, 49
	equal(t, f.read(all), []string{"23", "day", "day of b", "48", "day of 2"})
	equal(t, f.read(part), []string{"day of 2"})
	equal(t, f.read(trace), []string{"day of b"})
	equal(t, f.read(within), []string{"day", "day of b", "day of 2"})
	equal(t, f.read(partly), []string{"30", "31 of b", "48", "30 of 2"})

	must(t, f.PutSums(ctx, f.sums(demo, 0, 72, unit(ofA, 0, 1, 4, "month"))))
	equal(t, f.read(all), []string{"month"}) // the longest
	equal(t, f.read(within), []string{"day", "day of b", "day of 2"})

	must(t, f.ApplyFold(ctx, store.Fold{After: 1, Position: 2, Units: []store.Unit{unit(ofB, 60, 1, 1, "60 of b")}}))
	equal(t, ok(f.Summed(ctx, demo.ID))(t), []store.Span{{From: 24, To: 48}}) // the hour 60 was in the other
	must(t, f.ApplyFold(ctx, store.Fold{After: 2, Position: 3, Units: []store.Unit{unit(ofB, 31, 1, 1, "31 of b")}}))
	equal(t, ok(f.Summed(ctx, demo.ID))(t), []store.Span{})
	equal(t, f.read(all), []string{"23", "24", "30", "31 of b", "48", "60 of b", "30 of 2"})
	if len(none) != 6 {
		t.Errorf("without sums, %q are read", none)
	}

	stale := f.sums(demo, 24, 48)
	stale.Version.Last--
	wantError(t, f.PutSums(ctx, stale), store.ErrStaleVersion)
}

func testSumsGo(t *testing.T, f fixture) {
	ctx := t.Context()
	for name, remove := range map[string]func(store.Project, store.Trace) error{
		"with a join": func(p store.Project, _ store.Trace) error {
			return f.JoinUnits(ctx, store.Join{ProjectID: p.ID, From: 24, To: 48, Joined: store.Joined{Days: 48}})
		},
		"with old units": func(p store.Project, _ store.Trace) error {
			_, err := f.DeleteUnitsBefore(ctx, p.ID, 31)
			return err
		},
		"with a trace": func(p store.Project, a store.Trace) error {
			version := ok(f.Version(ctx, p.ID, ""))(t)
			return f.DeleteTrace(ctx, store.Deletion{ProjectID: p.ID, TraceID: a.ID, Version: version}, now)
		},
		"with the project": func(p store.Project, _ store.Trace) error { return f.DeleteProject(ctx, p.ID, now) },
	} {
		p := f.project(name)
		a, b := f.trace(p, "a", 0), f.trace(p, "b", 0)
		ofA, ofB := f.capture(a), f.capture(b)
		position := ok(f.Position(ctx))(t)
		must(t, f.ApplyFold(ctx, store.Fold{After: position, Position: position + 1, Units: []store.Unit{
			unit(ofA, 30, 1, 1, "30"), unit(ofB, 31, 1, 1, "31"),
		}}))
		must(t, f.PutSums(ctx, f.sums(p, 24, 48, unit(ofA, 0, 1, 1, "day"), unit(ofB, 0, 1, 1, "day of b"))))
		must(t, remove(p, a))
		if left := ok(f.Summed(ctx, p.ID))(t); len(left) != 0 {
			t.Errorf("%s: the sums of %v are left", name, left)
		}
	}
}

// A join changes no calls: what is summed up over more than the join stays.
func testSumsOfMoreThanAJoin(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	ofA := f.capture(f.trace(demo, "a", 0))
	f.fold(unit(ofA, 24, 1, 1, "24"), unit(ofA, 60, 1, 1, "60"))
	for _, to := range []store.Hour{30, 48, 96} {
		must(t, f.PutSums(ctx, f.sums(demo, 24, to, unit(ofA, 0, 1, 1, "sum"))))
	}
	must(t, f.PutSums(ctx, f.sums(demo, 36, 60))) // it has a part of the join

	day := unit(ofA, 24, 1, 1, "day")
	day.Hours = 24
	must(t, f.JoinUnits(ctx, store.Join{
		ProjectID: demo.ID, From: 24, To: 48, Joined: store.Joined{Days: 48}, Units: []store.Unit{day},
	}))
	equal(t, ok(f.Summed(ctx, demo.ID))(t), []store.Span{{From: 24, To: 96}})
	equal(t, f.read(store.Units{ProjectID: demo.ID, Part: store.AnyPart}), []string{"sum"})
}
