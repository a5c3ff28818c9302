package compare_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"akita/internal/compare"
	"akita/internal/compare/comparetest"
	"akita/internal/declared"
)

// A recording whose calls have no routes has the same findings as one whose calls have those of the document.
func TestNamedRecordingsHaveTheFindingsOfNamedCalls(t *testing.T) {
	t.Parallel()
	d := comparetest.Document(t, comparetest.Pets)
	rows := comparetest.Rows()
	var all []comparetest.Call
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		row := rows[name]
		row.Call.After = time.Duration(len(all)) * 20 * time.Minute
		all = append(all, row.Call)
		checkNamed(t, d, name, row.Call)
	}
	checkNamed(t, d, "all", all...)
}

func checkNamed(t *testing.T, d *declared.Document, name string, calls ...comparetest.Call) {
	t.Helper()
	want, _ := comparetest.Recording(t, d, calls...).Traffic()
	named, matched := comparetest.Recording(t, nil, calls...).Named(d)
	got, _ := named.Traffic()
	comparetest.Equal(t, name, compare.Drift(d, got), compare.Drift(d, want))
	if matched == 0 && name == "all" {
		t.Error("no call has a path of the document")
	}
}

// A server has no literal values: nothing of them is found, and nothing else is missing.
func TestLiveRecordingsLackOnlyMembersOfEnums(t *testing.T) {
	t.Parallel()
	d := comparetest.Document(t, comparetest.Pets)
	for name, row := range comparetest.Rows() {
		named, _ := comparetest.Live(t, row.Call).Named(d)
		got, _ := named.Traffic()
		isEnum := func(f compare.Finding) bool { return f.Subject == compare.Enum }
		want := slices.DeleteFunc(comparetest.Drift(t, d, row.Call), isEnum)
		comparetest.Equal(t, name, compare.Drift(d, got), want)
	}
	var calls []comparetest.Call
	for range 30 {
		calls = append(calls, comparetest.Call{URL: "/pets?kind=cat", Gets: `[{"id": 1, "kind": "dog"}]`})
	}
	file, live := comparetest.Recording(t, nil, calls...), comparetest.Live(t, calls...)
	for _, sides := range [][2]compare.Recording{{file, live}, {live, file}} {
		if findings := compare.Diff(compare.Sides(sides[0], sides[1])); len(findings) > 0 {
			t.Errorf("the same calls differ: %v", findings)
		}
	}
}

func TestMergedRecordings(t *testing.T) {
	t.Parallel()
	d := comparetest.Document(t, comparetest.Pets)
	early := comparetest.Call{URL: "/pets/1?extra=a", Gets: comparetest.Pet}
	late := early
	late.After = 50 * time.Hour
	r := comparetest.Recording(t, d, early)
	r.Merge(comparetest.Recording(t, d, late))
	got, _ := r.Traffic()
	comparetest.Equal(t, "both", compare.Drift(d, got), comparetest.Drift(t, d, early, late))
}
