package apimodel_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

// byPart returns the models of the calls of each part.
func byPart(calls []witness.Witness, empty func() *apimodel.Model) map[apimodel.Part]*apimodel.Model {
	parts := make(map[apimodel.Part]*apimodel.Model)
	for i := range calls {
		part := apimodel.PartOf(&calls[i])
		if parts[part] == nil {
			parts[part] = empty()
		}
		parts[part].Add(&calls[i])
	}
	return parts
}

func union(parts map[apimodel.Part]*apimodel.Model) *apimodel.Model {
	return apimodel.Union(slices.Collect(maps.Values(parts)))
}

func TestUnionOfPartsIsTheModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		calls := append(drawCalls(t), drawWitnesses(t)...)
		want := render(t, modelOf(calls))
		if got := render(t, union(byPart(calls, apimodel.New))); got != want {
			t.Fatalf("the union is\n%q\nwant\n%q", got, want)
		}
		if got := render(t, union(modelOf(calls).Split())); got != want {
			t.Fatalf("the union of the parts of the model is\n%q\nwant\n%q", got, want)
		}
	})
}

// The model of a range is the union of the sums of its parts, in whichever units they were stored.
func TestUnionOfSumsIsTheModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		calls := drawCalls(t)
		cut := rapid.IntRange(0, len(calls)).Draw(t, "cut")
		sums := byPart(calls[:cut], apimodel.NewSmall)
		for part, later := range byPart(calls[cut:], apimodel.NewSmall) {
			if sums[part] == nil {
				sums[part] = apimodel.NewSmall()
			}
			sums[part].Merge(later)
		}
		sum := apimodel.NewSmall()
		for _, part := range sums {
			sum.Merge(part)
		}
		if got, want := render(t, sum), render(t, smallModelOf(calls)); got != want {
			t.Fatalf("the sum is\n%q\nwant\n%q", got, want)
		}
	})
}

func TestPartOf(t *testing.T) {
	t.Parallel()
	word := func(text string) witness.Segment { return witness.Segment{Literal: text} }
	users := func(status int, rest ...witness.Segment) witness.Witness {
		return witness.Witness{Method: "GET", Host: "a.test", Status: status, Path: append(aPath("users"), rest...)}
	}
	for name, c := range map[string]struct {
		one, other witness.Witness
		same       bool
	}{
		"ids": {users(200, id(1)), users(200, id(2)), true},
		"methods of one route": {
			witness.Witness{Method: "GET", Template: "/a"}, witness.Witness{Method: "POST", Template: "/a"}, false,
		},
		"hosts of one route": {
			witness.Witness{Method: "GET", Template: "/a", Host: "a.test"},
			witness.Witness{Method: "GET", Template: "/a", Host: "b.test"}, true,
		},
		"segments after the fourth": {
			users(200, id(1), word("a"), word("b"), word("c")), users(200, id(1), word("a"), word("b"), word("d")), true,
		},
		"words":                    {users(200, word("a")), users(200, word("b")), false},
		"words that are not found": {users(404, word("a")), users(404, word("b")), true},
		"words of different proof": {users(200, word("a")), users(404, word("a")), false},
		"calls that matched no route": {
			witness.Witness{NoRoute: true, Path: aPath("a")}, witness.Witness{NoRoute: true, Path: aPath("b")}, true,
		},
	} {
		if got := apimodel.PartOf(&c.one) == apimodel.PartOf(&c.other); got != c.same {
			t.Errorf("%s: in one part is %t, want %t", name, got, c.same)
		}
	}
}

// The number of parts is bounded, and the calls of a large API are spread over them.
func TestPartsAreBoundedAndEven(t *testing.T) {
	t.Parallel()
	var calls []witness.Witness
	for i := range 20_000 {
		path := aPath("api", fmt.Sprint("v", i%3), word(i/100), word(i))
		calls = append(calls, witness.Witness{Method: "GET", Host: "a.test", Status: 200, Path: path})
	}
	sizes := make(map[apimodel.Part]int)
	for i := range calls {
		sizes[apimodel.PartOf(&calls[i])]++
	}
	if len(sizes) != 64 {
		t.Errorf("%d parts, want 64", len(sizes))
	}
	for part, n := range sizes {
		if n > 2*len(calls)/64 {
			t.Errorf("part %d has %d of %d calls", part, n, len(calls))
		}
	}
}

func id(n uint64) witness.Segment { return witness.Segment{Kind: &shape.Shape{Ints: n}} }

func aPath(words ...string) []witness.Segment {
	path := make([]witness.Segment, len(words))
	for i, word := range words {
		path[i].Literal = word
	}
	return path
}
