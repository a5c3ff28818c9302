package shape_test

import (
	"fmt"
	"strings"
	"testing"

	"akita/internal/shape"
)

// enumOf sums up texts and writes the members of their enum: "a:2 b:1", "many" or "none".
func enumOf(t *testing.T, enums bool, texts ...string) string {
	t.Helper()
	return members(merge(shapesOf(enums, texts...)...))
}

func shapesOf(enums bool, texts ...string) []*shape.Shape {
	shapes := make([]*shape.Shape, len(texts))
	for i, text := range texts {
		shapes[i] = shape.OfText(text, shape.Options{Enums: enums})
	}
	return shapes
}

func members(s *shape.Shape) string {
	switch {
	case s.Enum == nil:
		return "none"
	case s.Enum.Many:
		return "many"
	}
	var out []string
	for _, m := range s.Enum.Members {
		out = append(out, fmt.Sprintf("%s:%d", m.Text, m.Count))
	}
	return strings.Join(out, " ")
}

func TestEnumMembers(t *testing.T) {
	t.Parallel()
	words := make([]string, shape.MaxEnum+1)
	for i := range words {
		words[i] = "word" + string(rune('a'+i))
	}
	for name, c := range map[string]struct {
		texts []string
		want  string
	}{
		"words":              {[]string{"open", "closed", "open"}, "closed:1 open:2"},
		"a sentence":         {[]string{"open", "It is open."}, "many"},
		"a sentence first":   {[]string{"It is open.", "open"}, "many"},
		"numbers only":       {[]string{"1", "2"}, "none"},
		"words and a number": {[]string{"open", "1"}, "open:1"},
		"as many as it may":  {words[1:], members(merge(shapesOf(true, words[1:]...)...))},
		"one more":           {words, "many"},
	} {
		if got := enumOf(t, true, c.texts...); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := enumOf(t, true, words[1:]...); strings.Count(got, ":1") != shape.MaxEnum {
		t.Errorf("at the cap: %s", got)
	}
	if got := enumOf(t, false, "open", "closed"); got != "none" {
		t.Errorf("without enums: %s", got)
	}
}

// Strings whose literals were not kept may have been anything.
func TestEnumOfStringsOfBothKinds(t *testing.T) {
	t.Parallel()
	with, without := shapesOf(true, "open")[0], shapesOf(false, "closed")[0]
	if got := members(merge(with, without)); got != "many" {
		t.Errorf("with and without: %s", got)
	}
	if got := members(merge(without, with)); got != "many" {
		t.Errorf("without and with: %s", got)
	}
	if got := members(merge(with, &shape.Shape{Ints: 1})); got != "open:1" {
		t.Errorf("with a number: %s", got)
	}
}
