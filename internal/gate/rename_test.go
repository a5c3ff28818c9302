package gate_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/format"
	"akita/internal/gate"
	"akita/internal/shape"
	"akita/internal/spelling"
)

// renamed are texts of six letters that are data, by kind: some are spelled like names, others are
// not. A renaming gives each text another one of its kind.
var renamed = [][]string{
	wordsOf([]string{"be", "ca", "da", "fe", "ga", "ho"}, []string{"ri", "ta", "lo", "mi"}, []string{"ne", "na", "ra", "da"}, true),
	wordsOf([]string{"qz", "vk", "xj", "wq"}, []string{"kx", "zv", "jq"}, []string{"wx", "qk", "zx"}, false),
}

func wordsOf(starts, middles, ends []string, named bool) []string {
	var words []string
	for _, start := range starts {
		for _, middle := range middles {
			for _, end := range ends {
				word := start + middle + end
				if spelling.IsName(word) == named && !shape.IsDataKey(word) && format.Detect(word) == 0 {
					words = append(words, word)
				}
			}
		}
	}
	return words
}

// TestRenamingChangesNothing gives all data in some calls other names of the same kind. What leaves
// is the same, with these names.
func TestRenamingChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		config := gate.Config{StrictNames: rapid.Bool().Draw(t, "strict")}
		var pairs []string
		for _, kind := range renamed {
			other := rapid.Permutation(kind).Draw(t, "renaming")
			for i, word := range kind {
				pairs = append(pairs, word, other[i])
			}
		}
		rename := strings.NewReplacer(pairs...)
		original, other := gate.New(config), gate.New(config)
		for i := range rapid.IntRange(1, 40).Draw(t, "calls") {
			raw := drawCall(t).entry(t, i)
			want := canonical(t, rename.Replace(leaves(t, original, raw)))
			got := canonical(t, leaves(t, other, []byte(rename.Replace(string(raw)))))
			if got != want {
				t.Fatalf("with other names leaves\n%s\nin place of\n%s", got, want)
			}
		}
	})
}

func drawCall(t *rapid.T) call {
	word := rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom(renamed[rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(t, "kind")]).Draw(t, "word")
	})
	one := func(what string) string { return word.Draw(t, what) }
	c := call{path: "/people", answer: drawJSON(t, word, 2)}
	switch rapid.IntRange(0, 8).Draw(t, "place") {
	case 0:
		c.path += "/" + one("segment")
	case 1:
		c.query = "page=1&" + one("parameter") + "=2"
	case 2:
		c.cookie = one("cookie") + "=1;" + one("other") + "=2"
	case 3:
		c.header = "X-Tenant=1," + one("header") + "=2"
	case 4:
		c.mediaType, c.body = "application/x-www-form-urlencoded", one("field")+"=1&"+one("other")+"=2"
	case 5:
		c.answerType = "application/vnd." + one("media type") + "+json"
	case 6:
		c.host = one("host") + ".example"
	case 7:
		c.consumer, c.version = one("consumer"), one("version")
	default:
		c.mediaType, c.body = "application/json", drawJSON(t, word, 2)
	}
	return c
}

// drawJSON draws an object with words as keys, beside names of fields or alone.
func drawJSON(t *rapid.T, word *rapid.Generator[string], depth int) string {
	var members []string
	if rapid.Bool().Draw(t, "fields") {
		members = append(members, `"id": 1`, `"state": "x"`)
	}
	for _, key := range rapid.SliceOfNDistinct(word, 0, 10, rapid.ID[string]).Draw(t, "keys") {
		value := rapid.SampledFrom([]string{"1", `"x"`, "true", "[1]", "{}"}).Draw(t, "value")
		if depth > 0 && value == "{}" {
			value = drawJSON(t, word, depth-1)
		}
		members = append(members, fmt.Sprintf("%q: %s", key, value))
	}
	return "{" + strings.Join(members, ", ") + "}"
}

// canonical writes a witness in an order that does not depend on names.
func canonical(t *rapid.T, line string) string {
	var value any
	if err := json.Unmarshal([]byte(line), &value); err != nil {
		t.Fatal(err)
	}
	return written(t, value)
}

// written writes a value with its lists sorted, and the lines of its strings.
func written(t *rapid.T, value any) string {
	switch v := value.(type) {
	case string:
		lines := strings.Split(v, "\n")
		slices.Sort(lines)
		value = strings.Join(lines, "\n")
	case []any:
		texts := make([]string, len(v))
		for i, item := range v {
			texts[i] = written(t, item)
		}
		slices.Sort(texts)
		value = json.RawMessage("[" + strings.Join(texts, ",") + "]")
	case map[string]any:
		for name, member := range v {
			v[name] = json.RawMessage(written(t, member))
		}
	}
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
