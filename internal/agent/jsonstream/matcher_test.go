package jsonstream

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// value draws a JSON text.
func value(depth int) *rapid.Generator[string] {
	text := rapid.Custom(func(t *rapid.T) string {
		raw, err := json.Marshal(rapid.StringOf(rapid.RuneFrom([]rune(`a"\]}{[,: é`))).Draw(t, "text"))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	})
	if depth == 0 {
		return rapid.OneOf(text, rapid.SampledFrom([]string{"1", "-2.5e3", "true", "null", "{}", "[]"}))
	}
	items := rapid.SliceOfN(value(depth-1), 0, 3)
	return rapid.OneOf(text, rapid.Custom(func(t *rapid.T) string {
		return "[" + strings.Join(items.Draw(t, "items"), " , ") + "]"
	}), rapid.Custom(func(t *rapid.T) string {
		var members []string
		for _, item := range items.Draw(t, "items") {
			members = append(members, text.Draw(t, "name")+": "+item)
		}
		return "{" + strings.Join(members, ",") + "}"
	}))
}

func TestMatcherFindsTheEndOfAnyValue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := value(3).Draw(t, "value")
		rest := rapid.SampledFrom([]string{",1", " ]", "}", "\n"}).Draw(t, "rest")
		all := []byte(text + rest)
		var m matcher
		for end := 0; ; {
			size := rapid.IntRange(1, len(all)-end).Draw(t, "piece")
			n, done := m.match(all[end : end+size])
			if end += n; done {
				if end != len(text) || m.faulty {
					t.Fatalf("%s ends at %d, want %d", all, end, len(text))
				}
				return
			}
		}
	})
}

func TestMatcherFindsFaults(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`[}`, `{"a":[1}`, `{]`, strings.Repeat("[", maxOpen+1)} {
		var m matcher
		if _, done := m.match([]byte(text)); !done || !m.faulty {
			t.Errorf("%.20s: done is %v, faulty is %v", text, done, m.faulty)
		}
	}
}
