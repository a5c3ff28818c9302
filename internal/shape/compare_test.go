package shape_test

import (
	"math"
	"testing"

	"akita/internal/shape"
)

func TestLikeness(t *testing.T) {
	t.Parallel()
	of := func(text string) *shape.Shape {
		s, err := shape.OfJSON(text, shape.Options{})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		return s
	}
	tests := []struct {
		a, b string
		want float64
	}{
		{`{"a":1,"b":2}`, `{"b":3,"a":4}`, 1},
		{`{"a":1,"b":2}`, `{"a":1,"c":2}`, 1. / 3},
		{`{"a":1}`, `{"b":1}`, 0},
		{`{"a":1,"b":{"c":1}}`, `{"a":1,"b":{"d":1}}`, .5},
		{`{"a":1}`, `{"a":"x"}`, 0},
		{`{"a":1}`, `{"a":1.5}`, 1},
		{`{"a":1}`, `{"a":null}`, 1},
		{`{"a":[]}`, `{"a":[{"b":1}]}`, 1},
		{`[{"a":1}]`, `[{"a":2}]`, 1},
		{`[{"a":1}]`, `{"a":2}`, 0},
		{`{}`, `{}`, 1},
		{`{"2026-01-05":1}`, `{"2026-01-06":2}`, 1},
		{`{"a":{"b":{"c":{"d":1}}}}`, `{"a":{"b":{"c":{"e":1}}}}`, 1}, // too deep
	}
	for _, test := range tests {
		a, b := of(test.a), of(test.b)
		for _, got := range []float64{shape.Likeness(a, b), shape.Likeness(b, a)} {
			if math.Abs(got-test.want) > 1e-9 {
				t.Errorf("%s and %s have the likeness %v, want %v", test.a, test.b, got, test.want)
			}
		}
	}
	if got := shape.Likeness(nil, of(`{"a":1}`)); got != 1 {
		t.Errorf("an unknown shape has the likeness %v", got)
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		width       int
		distinctive bool
	}{
		`1`:                           {0, false},
		`{"a":1}`:                     {1, false},
		`{"a":{"b":1},"c":[{"d":1}]}`: {2, true},
		`[[{"a":1,"b":2}]]`:           {2, true},
		`{"2026-01-05":{"a":1}}`:      {0, false},
	}
	for text, want := range tests {
		s, err := shape.OfJSON(text, shape.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := shape.Width(s); got != want.width {
			t.Errorf("the width of %s is %d, want %d", text, got, want.width)
		}
		if got := shape.IsDistinctive(s); got != want.distinctive {
			t.Errorf("%s is distinctive: %v, want %v", text, got, want.distinctive)
		}
	}
}

func TestContradict(t *testing.T) {
	t.Parallel()
	of := func(text string) *shape.Shape {
		s, err := shape.OfJSON(text, shape.Options{})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		return s
	}
	tests := []struct {
		a, b string
		want bool
	}{
		{`{"id":1}`, `{"id":2.5}`, false},
		{`{"id":1}`, `{"id":"x"}`, true},
		{`{"id":1}`, `{"id":null}`, false},
		{`{"id":1}`, `{"name":"x"}`, false},
		{`{"id":1}`, `[{"id":1}]`, true},
		{`[{"id":1}]`, `[{"id":"x"}]`, true},
		{`[]`, `[{"id":"x"}]`, false},
		{`{"a":{"id":1}}`, `{"a":{"id":"x"}}`, true},
		{`{"a":{"b":{"c":1}}}`, `{"a":{"b":{"c":"x"}}}`, false}, // too deep to be the API's own
		{`"x"`, `7`, true},
	}
	for _, test := range tests {
		for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
			a, b := of(pair[0]), of(pair[1])
			if got := shape.Contradict(a, b); got != test.want {
				t.Errorf("%s and %s: %t, want %t", pair[0], pair[1], got, test.want)
			}
		}
	}
	if shape.Contradict(nil, of("1")) {
		t.Error("nothing contradicts a number")
	}
}
