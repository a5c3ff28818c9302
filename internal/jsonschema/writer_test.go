package jsonschema_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"akita/internal/jsonschema"
	"akita/internal/shape"
)

// schemaTest is JSON bodies and their schema.
type schemaTest struct {
	bodies []string
	want   string
}

func checkSchemas(t *testing.T, tests map[string]schemaTest) {
	t.Helper()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, _ := schemaOf(t, test.bodies); got != test.want {
				t.Errorf("the schema is\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// schemaOf returns the schema of bodies of things, and the components that it refers to.
func schemaOf(t *testing.T, bodies []string) (schema, components string) {
	t.Helper()
	config := jsonschema.Config{Plain: true, Components: jsonschema.NewComponents()}
	w := jsonschema.NewWriter(config, jsonschema.Subject{Name: "Thing"})
	paths, schemas := shared(
		config.Components, jsonschema.Object{}.With("/things", w.Value("", sumOf(t, bodies))),
	)
	return text(t, paths.Get("/things")), text(t, schemas)
}

// shared returns the parts of a document with references to its components.
func shared(components *jsonschema.Components, parts jsonschema.Object) (paths, schemas jsonschema.Object) {
	for _, part := range parts {
		components.Count(part.Value.(jsonschema.Object))
	}
	again := components.Shared()
	for _, part := range parts {
		paths.Set(part.Key, again.Part(part.Key, part.Value.(jsonschema.Object)))
	}
	return paths, again.Schemas()
}

// sumOf sums up the shapes of JSON texts.
func sumOf(t *testing.T, bodies []string) *shape.Shape {
	t.Helper()
	sum := new(shape.Shape)
	for _, body := range bodies {
		s, err := shape.OfJSON(body, shape.Options{Enums: true})
		if err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		sum.Merge(s)
	}
	return sum
}

// sumOfTexts sums up the shapes of texts.
func sumOfTexts(texts ...string) *shape.Shape {
	sum := new(shape.Shape)
	for _, text := range texts {
		sum.Merge(shape.OfText(text, shape.Options{Enums: true}))
	}
	return sum
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// times repeats texts in turn until there are n.
func times(n int, texts ...string) []string {
	var out []string
	for i := range n {
		out = append(out, texts[i%len(texts)])
	}
	return out
}

// numbered writes n texts, in each of which "#" is a number of its own.
func numbered(n int, text string) []string {
	var out []string
	for i := range n {
		out = append(out, strings.ReplaceAll(text, "#", strconv.Itoa(100+i)))
	}
	return out
}

func TestText(t *testing.T) {
	t.Parallel()
	w := jsonschema.NewWriter(jsonschema.Config{Plain: true}, jsonschema.Subject{})
	tests := map[string]struct {
		texts    []string
		repeated bool
		want     string
	}{
		"an integer":                          {[]string{"1", "2"}, false, `{"type":"integer"}`},
		"a boolean":                           {[]string{"true", "False"}, false, `{"type":"boolean"}`},
		"numbers with and without a fraction": {[]string{"3", "1.5"}, false, `{"type":"number"}`},
		"numbers among words are words":       {[]string{"3", "a b"}, false, `{"type":"string"}`},
		"empty is not given":                  {[]string{"", "3"}, false, `{"type":"integer"}`},
		"always empty":                        {[]string{"", ""}, false, `{"type":"string"}`},
		"repeated":                            {[]string{"1", "2"}, true, `{"type":"array","items":{"type":"integer"}}`},
	}
	for name, test := range tests {
		if got := text(t, w.Parameter("x", sumOfTexts(test.texts...), test.repeated)); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}

func TestDeclared(t *testing.T) {
	t.Parallel()
	w := jsonschema.NewWriter(jsonschema.Config{}, jsonschema.Subject{})
	got := text(t, w.Declared("id", &shape.Shape{Ints: 1}, sumOfTexts("7", "me")))
	if want := `{"type":"integer","x-akita-seen":2,"x-akita-types":{"integer":1,"string":1}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// No literal of a secret is kept, and an error has no kinds.
func TestSubject(t *testing.T) {
	t.Parallel()
	bodies := times(12, `{"shade":"dark"}`, `{"shade":"light"}`)
	w := jsonschema.NewWriter(jsonschema.Config{Plain: true}, jsonschema.Subject{Secret: true})
	if got := text(t, w.Value("", sumOf(t, bodies))); strings.Contains(got, "enum") {
		t.Errorf("a secret has an enum: %s", got)
	}
	bodies = times(12, `{"type":"a","x":1,"y":2}`, `{"type":"b","p":1,"q":2}`)
	w = jsonschema.NewWriter(jsonschema.Config{Plain: true}, jsonschema.Subject{Error: true})
	if got := text(t, w.Value("", sumOf(t, bodies))); strings.Contains(got, "oneOf") {
		t.Errorf("an error has kinds: %s", got)
	}
}
