package facts

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/packed"
)

func TestDatesOfARecord(t *testing.T) {
	t.Parallel()
	r := NewRecord()
	r.Set(26, 1, counts(3, 1))
	r.Set(30, 1, counts(3, 0))
	r.Set(31, 1, counts(3, 2))
	r.Set(48, 24, counts(9, 9))
	encoded, _ := r.MarshalBinary()
	for _, test := range []struct {
		from, to int64
		want     string
	}{
		{0, 0, "{26 48} true"},
		{27, 0, "{31 48} true"},
		{0, 31, "{26 26} true"},
		{27, 31, "{0 0} false"},
		{31, 49, "{31 48} true"}, // the day has an hour of the range
		{72, 0, "{0 0} false"},
	} {
		d := make(Dates)
		if err := d.AddRecord(encoded, test.from, test.to); err != nil {
			t.Fatal(err)
		}
		seen, ok := d[operation][page]
		if got := fmt.Sprint(seen, ok); got != test.want {
			t.Errorf("from %d to %d: %s, want %s", test.from, test.to, got, test.want)
		}
		if _, ok := d[operation][accepted]; ok {
			t.Error("there are dates of what is counted for the sake of others")
		}
	}
}

// What is read without the counts has the dates of the record.
func TestDatesAreThoseOfTheRecord(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := NewRecord()
		hours := rapid.SliceOfNDistinct(rapid.Int64Range(1, 99), 0, 8, rapid.ID[int64]).Draw(t, "hours")
		for _, hour := range hours {
			n := rapid.Uint64Range(1, 9).Draw(t, "calls")
			r.Set(hour, 1, counts(n, rapid.Uint64Range(0, n).Draw(t, "with")))
		}
		encoded, _ := r.MarshalBinary()
		d := make(Dates)
		if err := d.AddRecord(encoded, 0, 0); err != nil {
			t.Fatal(err)
		}
		for key, h := range r.Operations() {
			for k, f := range h {
				if seen, ok := d[key][k]; !k.IsAuxiliary() && (!ok || seen != HourRange{f.First, f.Last}) {
					t.Fatalf("%v is %v, want %d-%d", k, seen, f.First, f.Last)
				}
			}
		}
		cut := rapid.IntRange(0, len(encoded)-1).Draw(t, "cut")
		if err := make(Dates).AddRecord(encoded[:cut], 0, 0); !errors.Is(err, packed.ErrMalformed) {
			t.Fatalf("%d of %d bytes: %v", cut, len(encoded), err)
		}
	})
}

func TestAddCounts(t *testing.T) {
	t.Parallel()
	d := make(Dates)
	for _, step := range []struct {
		start int64
		hours int
		want  string
	}{
		{30, 1, "{30 30}"},
		{24, 24, "{30 30}"}, // the day of an hour that is known
		{72, 24, "{30 72}"}, // another day
		{25, 1, "{25 72}"},
	} {
		d.AddCounts(step.start, step.hours, counts(3, 1))
		if got := fmt.Sprint(d[operation][page]); got != step.want {
			t.Errorf("after %d hours from %d on, the dates are %s, want %s", step.hours, step.start, got, step.want)
		}
	}
	if _, ok := d[operation][accepted]; ok {
		t.Error("there are dates of what is counted for the sake of others")
	}
}
