package openapi

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"
)

// Every text reads back from YAML and from JSON as the same text.
func TestTextsReadBack(t *testing.T) {
	t.Parallel()
	check := func(t interface{ Fatalf(string, ...any) }, text string) {
		d := &Document{root: object{}.With("a", text).With(text+"-key", []any{text})}
		inYAML, err := d.YAML()
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		inJSON, err := d.JSON()
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		var fromYAML, fromJSON map[string]any
		if err := yaml.Unmarshal(inYAML, &fromYAML); err != nil {
			t.Fatalf("%q as YAML: %v\n%s", text, err, inYAML)
		}
		if err := json.Unmarshal(inJSON, &fromJSON); err != nil {
			t.Fatalf("%q as JSON: %v\n%s", text, err, inJSON)
		}
		if fromYAML["a"] != text || fromJSON["a"] != text {
			t.Fatalf("%q reads as %q from\n%s and %q from\n%s", text, fromYAML["a"], inYAML, fromJSON["a"], inJSON)
		}
		if _, ok := fromYAML[text+"-key"]; !ok {
			t.Fatalf("%q is not a key of %v", text+"-key", fromYAML)
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
		if got := isPlainYAML(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestLayout(t *testing.T) {
	t.Parallel()
	d := &Document{root: object{}.
		With("z", "first").
		With("list", []any{"a", 1, true}).
		With("records", []any{object{}.With("a", 2.5)}).
		With("empty", object{}).
		With("none", nil).
		With("x-akita-types", object{}.With("integer", uint64(2)).With("string", 3.0))}
	inYAML, err := d.YAML()
	if err != nil {
		t.Fatal(err)
	}
	want := `z: first
list: [a, 1, true]
records:
  - a: 2.5
empty: {}
none: null
x-akita-types: {integer: 2, string: 3}
`
	if string(inYAML) != want {
		t.Errorf("YAML is\n%s\nwant\n%s", inYAML, want)
	}
	inJSON, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(inJSON, []byte("{\n  \"z\": \"first\",\n  \"list\": [")) || !bytes.HasSuffix(inJSON, []byte("\n}\n")) {
		t.Errorf("JSON is\n%s", inJSON)
	}
}

// YAML parsers, which many tools use for JSON too, refuse these characters even in strings.
func TestJSONEscapesWhatYAMLRefuses(t *testing.T) {
	t.Parallel()
	d := &Document{root: object{}.With("a", "\x7f\u0080\u009f\ufeff\uffff\u00a0ä")}
	got, err := d.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if want := `"\u007f\u0080\u009f\ufeff\uffff` + "\u00a0ä\""; !strings.Contains(string(got), want) {
		t.Errorf("got %s, want %s", got, want)
	}
	var read map[string]any
	if err := yaml.Unmarshal(got, &read); err != nil || read["a"] != d.root[0].Value {
		t.Errorf("reads as %q, %v", read["a"], err)
	}
}
