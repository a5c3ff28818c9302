package openapi_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"akita/internal/openapi"
)

func TestYAML(t *testing.T) {
	t.Parallel()
	o := func() openapi.Object { return openapi.Object{} }
	long := strings.Repeat("word", 25)
	for name, test := range map[string]struct {
		root openapi.Object
		want string
	}{
		"scalars": {
			o().With("a", "text").With("b", true).With("c", 1).With("d", uint64(2)).With("e", 0.25).With("f", nil),
			"a: text\nb: true\nc: 1\nd: 2\ne: 0.25\nf: null\n",
		},
		"numbers":    {o().With("a", 3.0).With("b", 1e-7).With("c", 1e21), "a: 3\nb: 0.0000001\nc: 1000000000000000000000\n"},
		"empty ones": {o().With("a", o()).With("b", []any{}).With("c", openapi.Lazy(nil)), "a: {}\nb: []\nc: {}\n"},
		"objects":    {o().With("a", o().With("b", o().With("c", 1))), "a:\n  b:\n    c: 1\n"},
		"lazy":       {o().With("a", openapi.Lazy(o().With("b", 1))).With("c", 2), "a:\n  b: 1\nc: 2\n"},
		"texts":      {o().With("a", []any{"x", "y z", nil}), "a: [x, y z, null]\n"},
		"list":       {o().With("a", []any{o().With("b", 1).With("c", 2), o()}), "a:\n  - b: 1\n    c: 2\n  - {}\n"},
		"what does not fit in a line": {
			o().With("a", []any{long, "b"}).With("x-akita-c", o().With("d", long)),
			"a:\n  - " + long + "\n  - b\nx-akita-c:\n  d: " + long + "\n",
		},
		"nested list": {o().With("a", []any{[]any{1}, []any{o().With("b", 1)}}), "a:\n  - [1]\n  -\n    - b: 1\n"},
		"evidence": {
			o().With("x-akita-n", o().With("a", 1).With("b", 2)).With("x-akita-m", o().With("a", o().With("b", 1))),
			"x-akita-n: {a: 1, b: 2}\nx-akita-m:\n  a: {b: 1}\n",
		},
		"what YAML reads as something else": {
			o().With("yes", []any{"no", "Null", "1", "", "-", "~", " a", "a:", "a: b", "a #b", "#", "'", "&a", "x, y", "{x}"}),
			`"yes": ["no", "Null", "1", "", "-", "~", " a", "a:", "a: b", "a #b", "#", "'", "&a", "x, y", "{x}"]` + "\n",
		},
		"commas and braces outside of brackets": {o().With("/a/{b}", "x, y"), "/a/{b}: x, y\n"},
		"characters":                            {o().With("a", "\"\\\n\u0085\u2028\ufeffé"), `a: "\"\\\n\u0085\u2028\ufeffé"` + "\n"},
		"invalid UTF-8":                         {o().With("a", "x\xffy"), "a: \"x\ufffdy\"\n"},
		"a long key": {
			o().With("a", o().With(strings.Repeat("k", 1001), o().With("b", 1))),
			"a:\n  ? " + strings.Repeat("k", 1001) + "\n  :\n    b: 1\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := openapi.YAMLOf(test.root)
			if got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			var parsed any
			if err := yaml.Unmarshal([]byte(got), &parsed); err != nil {
				t.Error(err)
			}
		})
	}
}

// Every value reads the same from YAML and from JSON, by parsers that are not ours.
func TestYAMLIsJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		root := openapi.Object{}.With("root", drawValue(t, 4))
		asJSON, err := openapi.JSONOf(root)
		if err != nil {
			t.Fatal(err)
		}
		asYAML := openapi.YAMLOf(root)
		var want, got, normal any
		if err := json.Unmarshal([]byte(asJSON), &want); err != nil {
			t.Fatalf("%v in %s", err, asJSON)
		}
		for _, text := range []string{asYAML, asJSON} { // JSON is YAML too
			if err := yaml.Unmarshal([]byte(text), &got); err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
			again, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(again, &normal); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(normal, want) {
				t.Fatalf("%s reads as %s", text, again)
			}
		}
	})
}

// drawValue draws a value that a document may hold.
func drawValue(t *rapid.T, depth int) any {
	kinds := 5
	if depth > 0 {
		kinds = 7
	}
	switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
	case 0:
		return rapid.String().Draw(t, "text")
	case 1:
		return rapid.Bool().Draw(t, "bool")
	case 2:
		return rapid.Uint64Max(1<<53).Draw(t, "number")
	case 3:
		return float64(rapid.IntRange(-1e6, 1e6).Draw(t, "thousandths")) / 1000
	case 4:
		return nil
	case 5:
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			list = append(list, drawValue(t, depth-1))
		}
		return list
	}
	object := openapi.Object{}
	for _, key := range rapid.SliceOfNDistinct(drawKey(), 0, 4, rapid.ID).Draw(t, "keys") {
		object.Set(key, drawValue(t, depth-1))
	}
	return object
}

func drawKey() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(), rapid.StringMatching(`[a-z/{}_.-]{0,12}`), rapid.SampledFrom([]string{"x-akita-a", "x-akita-b", "<<"}),
	)
}

// Every text reads back as the same text, as a key, in a list and as a value.
func TestTextsReadBack(t *testing.T) {
	t.Parallel()
	check := func(t interface{ Fatalf(string, ...any) }, text string) {
		inYAML := openapi.YAMLOf(openapi.Object{}.With("a", text).With(text+"-key", []any{text}))
		var read map[string]any
		if err := yaml.Unmarshal([]byte(inYAML), &read); err != nil {
			t.Fatalf("%q: %v\n%s", text, err, inYAML)
		}
		list, _ := read[text+"-key"].([]any)
		if read["a"] != text || len(list) != 1 || list[0] != text {
			t.Fatalf("%q reads as %q from\n%s", text, read, inYAML)
		}
	}
	for _, text := range []string{
		"", "no", "Off", "y", "null", "~", "1", "1.5", "0x1", "1e3", "2026-01-05", "12:30", "a: b", "a #b", "- a", "? a",
		"[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "a\nb", " a", "a ", "/users/{id}", "\ufeff", "\u0085", "\u009f", "=", "<<",
	} {
		check(t, text)
	}
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.String().Draw(t, "text")) })
}

func TestIsPlainYAML(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"/users/{id}": true, "Not Found": true, "date-time": true, "x-akita-seen": true, "a, b (c)": true,
		"": false, "no": false, "1": false, "1a": false, "a: b": false, "a #b": false, "a ": false, "[a]": false,
		"a'b": false, "ä": false, "-a": false,
	} {
		if got := openapi.IsPlainYAML(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
