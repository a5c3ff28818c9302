package tracename

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"
)

func TestGenerate(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	shape := regexp.MustCompile(`^[a-z]+(-[a-z]+)?-[a-z]+-[1-9][0-9]{2}$`)
	for range 1000 {
		if name := Generate(random.IntN); !shape.MatchString(name) {
			t.Fatalf("name %q is not colour-animal-number", name)
		}
	}
}

func TestFirstAndLastName(t *testing.T) {
	t.Parallel()
	first := Generate(func(int) int { return 0 })
	last := Generate(func(n int) int { return n - 1 })
	if first != "amber-albatross-100" || last != "warm-grey-zebra-999" {
		t.Errorf("first and last names are %q and %q", first, last)
	}
}

// The documentation uses this name as its example.
func TestExampleNameCanBeGenerated(t *testing.T) {
	t.Parallel()
	if !slices.Contains(colours, "powder-blue") || !slices.Contains(animals, "panda") {
		t.Error("powder-blue-panda-338 cannot be generated")
	}
}

func TestWordsAreDistinct(t *testing.T) {
	t.Parallel()
	for _, words := range [][]string{colours, animals} {
		sorted := slices.Sorted(slices.Values(words))
		if len(slices.Compact(sorted)) != len(words) {
			t.Error("duplicate word in a list")
		}
	}
}
