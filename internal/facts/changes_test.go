package facts

import (
	"fmt"
	"maps"
	"testing"
)

// history returns what some hours of calls show, from an hour on.
func history(from int64, hours ...map[Key]uint64) History {
	r := NewRecord()
	for i, of := range hours {
		r.Set(from+int64(i), 1, Counts{operation: of})
	}
	return r.operations[operation]
}

// repeat returns hours that are all alike.
func repeat(n int, of map[Key]uint64) (hours []map[Key]uint64) {
	for range n {
		hours = append(hours, of)
	}
	return hours
}

func TestChangesAreDescribed(t *testing.T) {
	t.Parallel()
	text, number, free := page.With(Type, "string"), page.With(Type, "integer"), page.With(Type, null)
	with := func(more map[Key]uint64) map[Key]uint64 {
		of := map[Key]uint64{calls: 20, accepted: 20, page: 20}
		maps.Copy(of, more)
		return of
	}
	typed := with(map[Key]uint64{number: 20})
	for name, c := range map[string]struct {
		before, after map[Key]uint64
		want          []Change
	}{
		"nothing": {typed, typed, nil},
		"another type": {typed, with(map[Key]uint64{text: 20}), []Change{{
			What: Changed, Fact: text, Hour: 510, Before: []string{"integer"}, Ended: []string{"integer"},
			Seen: 200, Of: 200, Around: 200,
		}}},
		"a further type": {typed, with(map[Key]uint64{text: 8, number: 12}), []Change{{
			What: Changed, Fact: text, Hour: 510, Before: []string{"integer"}, Seen: 80, Of: 200, Around: 200,
		}}},
		"one type less": {with(map[Key]uint64{text: 8, number: 12}), typed, []Change{{
			What: Gone, Fact: text, Hour: 509, Seen: 80, Of: 200, Around: 200,
		}}},
		"null": {typed, with(map[Key]uint64{free: 8, number: 12}), []Change{{
			What: Nullable, Fact: free, Hour: 510, Seen: 80, Of: 200, Around: 200,
		}}},
		"never null": {with(map[Key]uint64{free: 8, number: 12}), typed, []Change{{
			What: NotNullable, Fact: free, Hour: 509, Seen: 80, Of: 200, Around: 200,
		}}},
		"optional": {typed, with(map[Key]uint64{page: 12, number: 12}), []Change{{
			What: Optional, Fact: page, Hour: 510, Seen: 80, Of: 200, Around: 180,
		}}},
		"required": {with(map[Key]uint64{page: 12, number: 12}), typed, []Change{{
			What: Required, Fact: page, Hour: 509, Seen: 72, Of: 180, Around: 200,
		}}},
		"gone": {typed, map[Key]uint64{calls: 20, accepted: 20}, []Change{{
			What: Gone, Fact: page, Hour: 509, Seen: 200, Of: 200, Around: 200,
		}}},
		"appeared": {map[Key]uint64{calls: 20, accepted: 20}, typed, []Change{{
			What: Appeared, Fact: page, Hour: 510, Seen: 200, Of: 200, Around: 200,
		}}},
	} {
		h := history(500, append(repeat(10, c.before), repeat(10, c.after)...)...)
		got := Changes(Total([]History{h}), []History{h})[0]
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: the changes are\n%+v\nwant\n%+v", name, got, c.want)
		}
	}
}

// The first calls of an endpoint are not changes, and a quiet weekend is not an end.
func TestSmallSamplesAreNoChanges(t *testing.T) {
	t.Parallel()
	few := map[Key]uint64{calls: 2, accepted: 2}
	all := map[Key]uint64{calls: 20, accepted: 20, page: 20}
	h := history(500, append(repeat(2, few), repeat(50, all)...)...)
	if got := Changes(Total([]History{h}), []History{h})[0]; got != nil {
		t.Errorf("the first calls make the changes %+v", got)
	}
	other := history(500, repeat(120, all)...)
	for _, c := range []struct {
		silent int
		gone   bool
	}{{60, false}, {100, true}} {
		h := history(500, repeat(120-c.silent, all)...)
		got := Changes(Total([]History{h, other}), []History{h, other})
		if gone := len(got[0]) > 0; gone != (c.silent == 100) || len(got[1]) > 0 {
			t.Errorf("after %d silent hours, the changes are %+v", c.silent, got)
		}
	}
}
