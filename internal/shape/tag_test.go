package shape_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/shape"
)

// drawTagged draws an object that mostly names its kind, with objects of its kind inside.
func drawTagged(t *rapid.T, depth int) string {
	field := rapid.SampledFrom([]string{"type", "type", "type", "kind", "other"}).Draw(t, "field")
	value := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "value")
	body := fmt.Sprintf(`"%s":"%s","%s":1`, field, value, rapid.SampledFrom([]string{"x", "y"}).Draw(t, "own"))
	if depth > 0 {
		body += `,"inner":` + drawTagged(t, depth-1)
	}
	return "{" + body + "}"
}

func of(t interface{ Fatal(...any) }, texts ...string) *shape.Shape {
	sum := new(shape.Shape)
	for _, text := range texts {
		s, err := shape.OfJSON(text, shape.Options{Enums: true})
		if err != nil {
			t.Fatal(err)
		}
		sum.Merge(s)
	}
	return sum
}

// The kinds of objects, and the sums of each, do not depend on grouping.
func TestKindsMergeInAnyGrouping(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		texts := make([]string, rapid.IntRange(1, 8).Draw(t, "objects"))
		for i := range texts {
			texts[i] = drawTagged(t, rapid.IntRange(0, 4).Draw(t, "depth"))
		}
		cut := rapid.IntRange(0, len(texts)).Draw(t, "cut")
		right := of(t, texts[cut:]...)
		right.Merge(of(t, texts[:cut]...))
		if all := of(t, texts...); !reflect.DeepEqual(all, right) {
			t.Fatalf("in order:\n%s\nin two groups:\n%s", all.AppendJSON(nil), right.AppendJSON(nil))
		}
	})
}

// Kinds inside kinds are copies, so their number must be bounded at any depth.
func TestKindsInsideOfKindsStaySmall(t *testing.T) {
	t.Parallel()
	nested := func(value string) string {
		return strings.Repeat(`{"type":"`+value+`","inner":`, 30) + "1" + strings.Repeat("}", 30)
	}
	size := len(of(t, nested("a"), nested("b")).AppendJSON(nil))
	if once := len(nested("a")); size > 1000*once {
		t.Errorf("two objects of %d bytes are summed up in %d", once, size)
	}
}
