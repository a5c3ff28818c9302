package storetest

import (
	"testing"

	"akita/internal/store"
)

// capture returns the capture of traces of one project.
func (f fixture) capture(traces ...store.Trace) store.Capture {
	f.t.Helper()
	var ids []string
	for _, trace := range traces {
		ids = append(ids, trace.ID)
	}
	return ok(f.Capture(f.t.Context(), traces[0].ProjectID, ids))(f.t)
}

// repeat returns the capture of traces of one project that saw the calls of others again.
func (f fixture) repeat(traces []store.Trace, of ...store.Trace) store.Capture {
	f.t.Helper()
	var ids, repeats []string
	for _, trace := range traces {
		ids = append(ids, trace.ID)
	}
	for _, trace := range of {
		repeats = append(repeats, trace.ID)
	}
	return ok(f.Capture(f.t.Context(), traces[0].ProjectID, ids, repeats...))(f.t)
}

func testCaptures(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	a, b := f.trace(demo, "a", 0), f.trace(demo, "b", 0)
	one, both := f.capture(a), f.capture(a, b)
	equal(t, f.capture(b, a), both) // in any order
	equal(t, f.capture(a), one)
	again := f.repeat([]store.Trace{b}, a)
	equal(t, f.repeat([]store.Trace{b}, a), again)
	equal(t, ok(f.Captures(ctx, demo.ID))(t), []store.Capture{one, both, again})
	equal(t, ok(f.Captures(ctx, f.project("other").ID))(t), []store.Capture{})

	_, err := f.Capture(ctx, demo.ID, []string{"unknown"})
	wantError(t, err, store.ErrNotFound)
	_, err = f.Capture(ctx, "unknown", []string{a.ID})
	wantError(t, err, store.ErrNotFound)
	_, err = f.Capture(ctx, demo.ID, []string{a.ID}, "unknown")
	wantError(t, err, store.ErrNotFound)
}

func testSelectUnits(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	a, b, c := f.trace(demo, "a", 0), f.trace(demo, "b", 0), f.trace(other, "c", 0)
	ofA, ofBoth, ofC := f.capture(a), f.capture(a, b), f.capture(c)
	day := unit(ofA, 24, 1, 1, "day")
	day.Hours = 24
	must(t, f.JoinUnits(ctx, store.Join{
		ProjectID: demo.ID, From: 24, To: 48, Joined: store.Joined{Days: 48}, Units: []store.Unit{day},
	}))
	must(t, f.ApplyFold(ctx, store.Fold{Position: 1, Units: []store.Unit{
		unit(ofA, 48, 1, 1, "hour 48"), unit(ofA, 49, 2, 1, "hour 49"), unit(ofC, 48, 1, 1, "of c"),
	}}))
	must(t, f.ApplyFold(ctx, store.Fold{After: 1, Position: 2, Units: []store.Unit{unit(ofBoth, 48, 1, 1, "both")}}))

	for name, c := range map[string]struct {
		of   store.Units
		want []string
	}{
		"all": {
			store.Units{ProjectID: demo.ID, Part: store.AnyPart}, []string{"day", "hour 48", "both", "hour 49"},
		},
		"another project": {store.Units{ProjectID: other.ID, Part: store.AnyPart}, []string{"of c"}},
		"a trace":         {store.Units{ProjectID: demo.ID, TraceID: b.ID, Part: store.AnyPart}, []string{"both"}},
		"of another project": {
			store.Units{ProjectID: demo.ID, TraceID: c.ID, Part: store.AnyPart}, nil,
		},
		"a capture": {store.Units{ProjectID: demo.ID, CaptureID: ofBoth.ID, Part: store.AnyPart}, []string{"both"}},
		"a capture of another project": {
			store.Units{ProjectID: demo.ID, CaptureID: ofC.ID, Part: store.AnyPart}, nil,
		},
		"a part":            {store.Units{ProjectID: demo.ID, Part: 2}, []string{"hour 49"}},
		"from within a day": {store.Units{ProjectID: demo.ID, From: 47, To: 48, Part: store.AnyPart}, []string{"day"}},
		"from after the day": {
			store.Units{ProjectID: demo.ID, From: 48, To: 49, Part: store.AnyPart}, []string{"hour 48", "both"},
		},
		"up to the day":       {store.Units{ProjectID: demo.ID, To: 24, Part: store.AnyPart}, nil},
		"changed by the last": {store.Units{ProjectID: demo.ID, After: 2, Part: store.AnyPart}, []string{"both"}},
	} {
		var got []string
		for _, u := range ok(f.Units(ctx, c.of))(t) {
			got = append(got, string(u.Model))
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
	}
}

func testVersionOfUnits(t *testing.T, f fixture) {
	ctx := t.Context()
	demo := f.project("demo")
	a, b := f.trace(demo, "a", 0), f.trace(demo, "b", 0)
	ofA, ofBoth := f.capture(a), f.capture(a, b)
	version := func(trace string) store.Version { return ok(f.Version(ctx, demo.ID, trace))(t) }

	must(t, f.ApplyFold(ctx, store.Fold{Position: 1, Units: []store.Unit{unit(ofBoth, 1, 1, 1, "x")}}))
	must(t, f.ApplyFold(ctx, store.Fold{After: 1, Position: 2, Units: []store.Unit{unit(ofA, 1, 1, 1, "x")}}))
	if version("") != version(a.ID) || version(b.ID).Last >= version(a.ID).Last {
		t.Errorf("versions are %v of the project, %v of a and %v of b", version(""), version(a.ID), version(b.ID))
	}
	_, err := f.Version(ctx, "unknown", "")
	wantError(t, err, store.ErrNotFound)
}

func testJoinUnits(t *testing.T, f fixture) {
	ctx := t.Context()
	demo, other := f.project("demo"), f.project("other")
	ofDemo, ofOther := f.capture(f.trace(demo, "a", 0)), f.capture(f.trace(other, "b", 0))
	must(t, f.ApplyFold(ctx, store.Fold{Position: 1, Units: []store.Unit{
		unit(ofDemo, 24, 1, 1, "24"), unit(ofDemo, 30, 1, 2, "30"), unit(ofDemo, 48, 1, 4, "48"),
		unit(ofOther, 24, 1, 8, "other"),
	}}))
	before := ok(f.Version(ctx, demo.ID, ""))(t)

	day := unit(ofDemo, 24, 1, 3, "day")
	day.Hours = 24
	joined := store.Joined{Days: 48}
	must(t, f.JoinUnits(ctx, store.Join{ProjectID: demo.ID, From: 24, To: 48, Joined: joined, Units: []store.Unit{day}}))

	equal(t, f.stored(day), day)
	for from, want := range map[store.Hour]store.Hour{0: 24, 25: 48} {
		first, found, err := f.FirstHour(ctx, demo.ID, from, 100)
		must(t, err)
		if !found || first != want {
			t.Errorf("the first hour from %d is %d, %t, want %d", from, first, found, want)
		}
	}
	if _, found, err := f.FirstHour(ctx, demo.ID, 25, 48); found || err != nil {
		t.Errorf("there is a unit between 25 and 48, %v", err)
	}
	equal(t, ok(f.UnitsAt(ctx, ofDemo.ID, 30, []int{1}))(t), []store.Unit{})
	equal(t, f.stored(unit(ofDemo, 48, 1, 0, "")).Witnesses, 4)
	equal(t, f.stored(unit(ofOther, 24, 1, 0, "")).Witnesses, 8)
	equal(t, ok(f.Project(ctx, demo.ID))(t).Joined, joined)
	equal(t, ok(f.Project(ctx, other.ID))(t).Joined, store.Joined{})
	after := ok(f.Version(ctx, demo.ID, ""))(t)
	if after.Generation == before.Generation || after.Last <= before.Last {
		t.Errorf("the version is %v, it was %v", after, before)
	}

	later := store.Joined{Days: 72, Months: 24}
	must(t, f.JoinUnits(ctx, store.Join{ProjectID: demo.ID, From: 72, To: 72, Joined: later}))
	equal(t, ok(f.Project(ctx, demo.ID))(t).Joined, later)
	equal(t, ok(f.Version(ctx, demo.ID, ""))(t), after) // no unit has changed
}
