package endpoints

import (
	"testing"

	"akita/internal/shape"
)

// A word is a slug only if it never stood for itself in a path.
func TestSlugs(t *testing.T) {
	t.Parallel()
	s := newSlugs()
	for _, word := range []string{"users", "blue-shoe", "me"} {
		s.words[word] = true
	}
	s.names["users"] = true
	s.addArguments([]argument{
		{shape: &shape.Shape{Strs: 1, Enum: &shape.Enum{Members: []shape.Member{{Text: "red-hat", Count: 1}}}}},
		{shape: &shape.Shape{Strs: 1}}, // no literals are known of it
	})
	for word, want := range map[string]bool{"blue-shoe": true, "red-hat": true, "me": true, "users": false, "x": false} {
		if got := s.has(word); got != want {
			t.Errorf("%q: %v, want %v", word, got, want)
		}
	}
}
