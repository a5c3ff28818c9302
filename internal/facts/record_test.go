package facts

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
)

var (
	operation = apimodel.OperationKey{Method: "GET", Path: "/a/", IsRoute: true}
	calls     = Key{Kind: Operation}
	accepted  = Key{Kind: Accepted}
	page      = Key{Kind: Parameter, In: "query", Path: "page"}
)

// counts returns what calls show if some of them have a parameter.
func counts(n, withPage uint64) Counts {
	of := map[Key]uint64{calls: n, accepted: n}
	if withPage > 0 {
		of[page] = withPage
	}
	return Counts{operation: of}
}

func (r *Record) text(k Key) string {
	f := r.operations[operation][k]
	if f == nil {
		return "none"
	}
	return fmt.Sprint(f.First, "-", f.Last, " ", f.spans)
}

func TestHoursOfADayKeepTheirDates(t *testing.T) {
	t.Parallel()
	r := NewRecord()
	r.Set(26, 1, counts(3, 0))
	r.Set(27, 1, counts(4, 4))
	r.Set(29, 1, counts(5, 2))
	r.Set(50, 1, counts(6, 0))
	check := func(what, wantCalls, wantPage, wantAbsent, wantHours string) {
		t.Helper()
		for k, want := range map[Key]string{
			calls: wantCalls, page: wantPage, page.With(Absent, ""): wantAbsent, {Kind: Hours}: wantHours,
		} {
			if got := r.text(k); got != want {
				t.Errorf("%s: %s is %s, want %s", what, k.Kind, got, want)
			}
		}
	}
	check("hours", "26-50 [{26 1 3} {27 1 4} {29 1 5} {50 1 6}]", "27-29 [{27 1 4} {29 1 2}]",
		"29-50 [{29 1 3} {50 1 6}]", "26-50 [{26 1 1} {27 1 1} {29 1 1} {50 1 1}]")
	r.Set(29, 1, counts(6, 3)) // again, with a late call
	check("late", "26-50 [{26 1 3} {27 1 4} {29 1 6} {50 1 6}]", "27-29 [{27 1 4} {29 1 3}]",
		"29-50 [{29 1 3} {50 1 6}]", "26-50 [{26 1 1} {27 1 1} {29 1 1} {50 1 1}]")
	for range 2 {
		r.Set(24, 24, counts(13, 7))
		check("day", "26-50 [{24 24 13} {50 1 6}]", "27-29 [{24 24 7}]", "29-50 [{24 24 6} {50 1 6}]",
			"26-50 [{24 24 3} {50 1 1}]")
	}
	if !r.Expire(48) || r.Expire(48) {
		t.Error("it does not expire once")
	}
	check("expired", "26-50 [{50 1 6}]", "none", "29-50 [{50 1 6}]", "26-50 [{50 1 1}]")
	r.Expire(51)
	if !r.IsEmpty() {
		t.Errorf("it has %v", r.operations)
	}
}

// draw draws a record of some hours.
func draw(t *rapid.T, label string) *Record {
	r := NewRecord()
	for range rapid.IntRange(0, 6).Draw(t, label) {
		n := rapid.Uint64Range(1, 9).Draw(t, "calls")
		r.Set(rapid.Int64Range(500, 510).Draw(t, "hour"), 1, counts(n, rapid.Uint64Range(0, n).Draw(t, "with page")))
	}
	return r
}

func render(t interface{ Fatal(...any) }, r *Record) string {
	encoded, err := r.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

func TestMergeIsCommutativeAndAssociative(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := draw(t, "a"), draw(t, "b"), draw(t, "c")
		sum := func(of ...*Record) *Record {
			s := NewRecord()
			for _, r := range of {
				s.Merge(r)
			}
			return s
		}
		before := render(t, a)
		want := render(t, sum(a, b, c))
		for name, got := range map[string]*Record{
			"another order": sum(c, a, b), "another grouping": sum(a, sum(b, c)), "with nothing": sum(NewRecord(), a, b, c),
		} {
			if render(t, got) != want {
				t.Fatalf("%s gives another record", name)
			}
		}
		if render(t, a) != before {
			t.Fatal("merging changed what was merged in")
		}
	})
}

func TestFactsAreBounded(t *testing.T) {
	t.Parallel()
	of := make(map[Key]uint64)
	for i := range maxFacts + 500 {
		of[Key{Kind: Status, Value: fmt.Sprint(i)}] = 1
	}
	whole, halves := NewRecord(), NewRecord()
	whole.Set(5, 1, Counts{operation: of})
	halves.Set(5, 1, Counts{operation: of})
	halves.Set(6, 1, counts(1, 0))
	if n := len(whole.operations[operation]); n != maxFacts {
		t.Errorf("%d facts are kept, want %d", n, maxFacts)
	}
	for k := range whole.operations[operation] {
		if halves.operations[operation][k] == nil && k.Kind == Status && k.hash() < 1<<63 {
			t.Errorf("%+v depends on what came later", k)
		}
	}
}

func TestOperationsAreBounded(t *testing.T) {
	t.Parallel()
	part := func(from, to int) *Record {
		r := NewRecord()
		of := make(Counts)
		for i := from; i < to; i++ {
			of[apimodel.OperationKey{Method: "GET", Path: fmt.Sprint("/", i)}] = map[Key]uint64{calls: 1}
		}
		r.Set(5, 1, of)
		return r
	}
	whole, halves := part(0, 2*maxOperations), part(maxOperations, 2*maxOperations)
	halves.Merge(part(0, maxOperations))
	if n := len(whole.operations); n != maxOperations {
		t.Errorf("%d operations are kept, want %d", n, maxOperations)
	}
	if render(t, whole) != render(t, halves) {
		t.Error("what is kept depends on the order")
	}
}
