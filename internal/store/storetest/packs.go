package storetest

import (
	"context"
	"testing"

	"akita/internal/store"
)

// packing is a store that packs all units that are folded.
type packing struct{ store.Store }

// ApplyFold implements store.Store.
func (p packing) ApplyFold(ctx context.Context, f store.Fold) error {
	if err := p.Store.ApplyFold(ctx, f); err != nil {
		return err
	}
	projects, err := p.Projects(ctx)
	if err != nil {
		return err
	}
	for _, of := range projects {
		for _, u := range f.Units {
			if err := p.PackDay(ctx, of.ID, u.Start); err != nil {
				return err
			}
		}
	}
	return nil
}

// unpacked returns the hours of a project that have units which are not packed.
func (f fixture) unpacked(p store.Project) (hours []store.Hour) {
	f.t.Helper()
	for from := store.Hour(0); ; {
		first, found, err := f.Unpacked(f.t.Context(), p.ID, from, 1000)
		must(f.t, err)
		if !found {
			return hours
		}
		hours, from = append(hours, first), first+1
	}
}

func testPack(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	a, b := f.trace(demo, "a", 0), f.trace(demo, "b", 0)
	ofA, ofB, ofOther := f.capture(a), f.capture(b), f.capture(f.trace(other, "c", 0))
	day := unit(ofA, 0, 1, 1, "day")
	day.Hours = 24
	must(t, f.JoinUnits(ctx, store.Join{
		ProjectID: demo.ID, From: 0, To: 24, Joined: store.Joined{Days: 24}, Units: []store.Unit{day},
	}))
	all := store.Units{ProjectID: demo.ID, Part: store.AnyPart, Of: store.ModelsAndSeries}
	f.fold(
		withSeries(unit(ofA, 24, 1, 3, "24"), "s24"), unit(ofA, 30, 1, 1, "30"), withSeries(unit(ofA, 47, 1, 1, "47"), "s47"),
		withSeries(unit(ofA, 25, 2, 1, "25 of 2"), "s25"), unit(ofB, 25, 1, 1, "25 of b"),
		unit(ofA, 48, 1, 1, "48"), unit(ofOther, 24, 1, 1, "other"),
	)
	f.fold(unit(ofB, 26, 1, 1, "26 of b"))
	want, version := ok(f.Units(ctx, all))(t), ok(f.Version(ctx, demo.ID, ""))(t)

	must(t, f.PackDay(ctx, demo.ID, 30))
	must(t, f.PackDay(ctx, demo.ID, 0)) // the day is one unit already
	equal(t, ok(f.Units(ctx, all))(t), want)
	equal(t, ok(f.Version(ctx, demo.ID, ""))(t), version)
	for _, u := range want {
		equal(t, ok(f.UnitsAt(ctx, u.CaptureID, u.Start, []int{u.Part, u.Part + 100}))(t), []store.Unit{u})
	}
	equal(t, len(ok(f.UnitsAt(ctx, ofA.ID, 31, []int{1}))(t)), 0)
	for from, want := range map[store.Hour]store.Hour{1: 24, 25: 25, 27: 30, 31: 47} {
		first, found, err := f.FirstHour(ctx, demo.ID, from, 48)
		must(t, err)
		if !found || first != want {
			t.Errorf("the first hour from %d is %d, %t, want %d", from, first, found, want)
		}
	}
	if first, found, err := f.FirstHour(ctx, demo.ID, 31, 47); found || err != nil {
		t.Errorf("the first hour between 31 and 47 is %d, %v", first, err)
	}

	within := all
	within.From, within.To, within.After, within.Of = 25, 30, version.Last-1, store.OnlyModels
	equal(t, len(ok(f.Units(ctx, within))(t)), 1) // that of the last fold
	within.After = 0
	var models []string
	for _, u := range ok(f.Units(ctx, within))(t) {
		models = append(models, string(u.Model))
	}
	equal(t, models, []string{"25 of b", "26 of b", "25 of 2"})
	equal(t, f.series(demo.ID, ""), []string{"s24", "s47", "s25"})
	if _, found, err := f.Unpacked(ctx, other.ID, 24, 48); err != nil || !found {
		if _, isPacking := f.Store.(packing); !isPacking {
			t.Errorf("the units of another project are packed: %v", err)
		}
	}
}

// What is written to a packed hour replaces the unit, and the others of the day stay.
func testPackAndWrite(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	ofA := f.capture(f.trace(demo, "a", 0))
	f.fold(
		withSeries(unit(ofA, 24, 1, 1, "24"), "s24"), withSeries(unit(ofA, 25, 1, 1, "25"), "s25"),
		unit(ofA, 24, 2, 1, "p2"),
	)
	must(t, f.PackDay(ctx, demo.ID, 24))
	equal(t, f.unpacked(demo), nil)

	f.fold(withSeries(unit(ofA, 24, 1, 2, "24+"), "s24+"), unit(ofA, 26, 1, 1, "26"))
	equal(t, f.texts(demo.ID, ""), []string{"24+", "25", "26", "p2"})
	equal(t, f.series(demo.ID, ""), []string{"s24+", "s25"})
	must(t, f.PackDay(ctx, demo.ID, 24))
	equal(t, f.unpacked(demo), nil)
	equal(t, f.texts(demo.ID, ""), []string{"24+", "25", "26", "p2"})

	must(t, f.ReplaceSeries(ctx, demo.ID, 26, []store.Unit{withSeries(unit(ofA, 25, 1, 0, ""), "hour")}))
	equal(t, f.series(demo.ID, ""), []string{"s24+", "hour"})
	must(t, f.PackDay(ctx, demo.ID, 24))
	equal(t, f.series(demo.ID, ""), []string{"s24+", "hour"})
}

// Packed units go as others do.
func testPackAndRemove(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	a, b := f.trace(demo, "a", 0), f.trace(demo, "b", 0)
	ofA, ofAB := f.capture(a), f.capture(a, b)
	f.fold(
		unit(ofA, 24, 1, 1, "a"), unit(ofAB, 24, 1, 1, "ab"), unit(ofAB, 25, 1, 1, "ab2"), unit(ofAB, 25, 2, 1, "ab3"),
		unit(ofA, 48, 1, 1, "a4"), unit(ofAB, 49, 1, 1, "ab4"), unit(ofAB, 72, 1, 1, "ab5"), unit(ofA, 73, 1, 1, "a5"),
	)
	for _, hour := range []store.Hour{24, 48} {
		must(t, f.PackDay(ctx, demo.ID, hour))
	}
	f.fold(unit(ofA, 48, 1, 1, "a4+")) // it is not packed, and ab4 is
	must(t, f.DeleteTrace(ctx, f.deletion(b, unit(ofA, 24, 1, 2, "a+ab")), now))
	equal(t, f.texts(demo.ID, ""), []string{"a+ab", "ab2", "a4+", "ab4", "ab5", "a5", "ab3"})
	for _, hour := range []store.Hour{24, 48} {
		must(t, f.PackDay(ctx, demo.ID, hour))
	}
	equal(t, f.texts(demo.ID, a.ID), []string{"a+ab", "ab2", "a4+", "ab4", "ab5", "a5", "ab3"})

	equal(t, ok(f.DeleteUnitsBefore(ctx, demo.ID, 25))(t), 1)
	equal(t, f.texts(demo.ID, ""), []string{"ab2", "a4+", "ab4", "ab5", "a5", "ab3"})
	equal(t, ok(f.DeleteUnitsBefore(ctx, demo.ID, 49))(t), 3)
	equal(t, f.texts(demo.ID, ""), []string{"ab4", "ab5", "a5"})
	day := unit(ofA, 48, 1, 1, "day")
	day.Hours = 24
	must(t, f.JoinUnits(ctx, store.Join{ProjectID: demo.ID, From: 48, To: 72, Units: []store.Unit{day}}))
	equal(t, f.texts(demo.ID, ""), []string{"day", "ab5", "a5"})
	must(t, f.PackDay(ctx, demo.ID, 72))
	must(t, f.DeleteProject(ctx, demo.ID, now))
	equal(t, f.texts(demo.ID, ""), []string{})
}
