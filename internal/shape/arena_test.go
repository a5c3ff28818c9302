package shape_test

import (
	"testing"

	"pgregory.net/rapid"

	"akita/internal/shape"
)

// The result does not depend on where the memory of a shape is and what it held before.
func TestAnArenaChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var arena shape.Arena
		for range rapid.IntRange(1, 5).Draw(t, "values") {
			text, enums := text(t, 3), rapid.Bool().Draw(t, "enums")
			want, err := shape.OfJSON(text, shape.Options{Enums: enums})
			if err != nil {
				t.Fatal(err)
			}
			got, err := shape.OfJSON(text, shape.Options{Enums: enums, Arena: &arena})
			if err != nil {
				t.Fatal(err)
			}
			if encode(t, got) != encode(t, want) {
				t.Fatalf("%s is\n%s in an arena, and\n%s on the heap", text, encode(t, got), encode(t, want))
			}
			arena.Reset()
		}
	})
}
