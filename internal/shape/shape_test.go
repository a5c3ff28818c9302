package shape_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"

	"akita/internal/shape"
)

// text draws a JSON text that makes collisions likely: few names, few values.
func text(t *rapid.T, depth int) string {
	kinds := []string{
		"null", "true", "17", "-1", "2.5", `"word"`, `"other"`, `""`, `"2026-01-05"`,
		`"0f8fad5b-d9cb-469f-a165-70867728950e"`, "[]", "{}",
	}
	if depth > 0 {
		kinds = append(kinds, "[", "{", "{", "{")
	}
	switch kind := rapid.SampledFrom(kinds).Draw(t, "kind"); kind {
	case "[":
		items := make([]string, rapid.IntRange(1, 3).Draw(t, "items"))
		for i := range items {
			items[i] = text(t, depth-1)
		}
		return "[" + strings.Join(items, ",") + "]"
	case "{":
		names := rapid.SliceOfNDistinct(
			rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "2026-01-05", "2026-01-06", "77", "x@example.org"}),
			1, 5, rapid.ID[string],
		).Draw(t, "names")
		for i, name := range names {
			names[i] = fmt.Sprintf("%q:%s", name, text(t, depth-1))
		}
		return "{" + strings.Join(names, ",") + "}"
	default:
		return kind
	}
}

func draw(t *rapid.T) *shape.Shape {
	s, err := shape.OfJSON(text(t, 3), shape.Options{Enums: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func encode(t interface{ Fatal(...any) }, s *shape.Shape) string {
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func merge(shapes ...*shape.Shape) *shape.Shape {
	sum := new(shape.Shape)
	for _, s := range shapes {
		sum.Merge(s)
	}
	return sum
}

func TestMergeIsACommutativeMonoid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		shapes := make([]*shape.Shape, rapid.IntRange(1, 40).Draw(t, "shapes"))
		for i := range shapes {
			shapes[i] = draw(t)
		}
		want := encode(t, merge(shapes...))
		shuffled := rapid.Permutation(shapes).Draw(t, "order")
		cut := rapid.IntRange(0, len(shapes)).Draw(t, "cut")
		if got := encode(t, merge(merge(shuffled[:cut]...), merge(shuffled[cut:]...))); got != want {
			t.Fatalf("another order and grouping give\n%s\nwant\n%s", got, want)
		}
		if got := encode(t, merge(new(shape.Shape), merge(shapes...), new(shape.Shape))); got != want {
			t.Fatalf("with the identity\n%s\nwant\n%s", got, want)
		}
	})
}

func TestMergeSharesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw(t), draw(t)
		before := encode(t, b)
		sum := merge(a, b)
		sum.Merge(draw(t))
		if after := encode(t, b); after != before {
			t.Fatalf("merging changed what was merged in: %s, was %s", after, before)
		}
	})
}

// The shape of the items of an array is the sum of the shapes of its elements.
func TestAnArrayHoldsItsElements(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		texts := make([]string, rapid.IntRange(0, 12).Draw(t, "elements"))
		options := shape.Options{Enums: rapid.Bool().Draw(t, "enums")}
		want := new(shape.Shape)
		for i := range texts {
			texts[i] = text(t, 3)
			one, err := shape.OfJSON(texts[i], options)
			if err != nil {
				t.Fatal(err)
			}
			want.Merge(one)
		}
		got, err := shape.OfJSON("["+strings.Join(texts, ",")+"]", options)
		if err != nil {
			t.Fatal(err)
		}
		if got.Items == nil {
			got.Items = new(shape.Shape)
		}
		if encode(t, got.Items) != encode(t, want) {
			t.Fatalf("%s\nholds %s\nwant  %s", texts, encode(t, got.Items), encode(t, want))
		}
	})
}

func TestMergeOverTheCaps(t *testing.T) {
	t.Parallel()
	var shapes []*shape.Shape
	for i := range 400 {
		s, err := shape.OfJSON(
			fmt.Sprintf(`{"id":1,"name_%c%c":"x","kind":"k%c%c"}`, 'a'+i%26, 'a'+i/26, 'a'+i%26, 'a'+i/26),
			shape.Options{Enums: true},
		)
		if err != nil {
			t.Fatal(err)
		}
		shapes = append(shapes, s)
	}
	forward := merge(shapes...)
	var backward shape.Shape
	for i := range shapes {
		backward.Merge(shapes[len(shapes)-1-i])
	}
	if a, b := encode(t, forward), encode(t, &backward); a != b {
		t.Errorf("order matters over the caps:\n%s\n%s", a, b)
	}
	if !forward.Object.Wide || len(forward.Object.Fields) != 0 || forward.Object.Keys.Strs != 1200 {
		t.Errorf("400 names are still a record: %s", encode(t, forward))
	}
}
