package jsonschema_test

import (
	"testing"

	"akita/internal/jsonschema"
)

// A record in two places is one component, with the evidence of both; how often it was seen in its
// place stays there.
func TestShare(t *testing.T) {
	t.Parallel()
	components := jsonschema.NewComponents()
	w := jsonschema.NewWriter(jsonschema.Config{Components: components}, jsonschema.Subject{})
	cat := w.Value("", sumOf(t, []string{`{"id":1,"name":"a b","lives":9}`}))
	two := w.Value("", sumOf(t, []string{`{"id":1,"name":"a b"}`}))
	paths := components.Share(
		jsonschema.Object{}.With("/cats", cat).With("/pets", cat).With("/dogs", two).With("/wolves", two),
	)
	want := `{"/cats":{"$ref":"#/components/schemas/Cat","x-akita-seen":1},"/pets":{"$ref":"#/components/schemas/Cat","x-akita-seen":1},` +
		`"/dogs":` + text(t, two) + `,"/wolves":` + text(t, two) + `}`
	if got := text(t, paths); got != want {
		t.Errorf("the paths are\n%s\nwant\n%s", got, want)
	}
	want = `{"Cat":{"type":"object","properties":{"id":{"type":"integer","x-akita-seen":2},"lives":{"type":"integer","x-akita-seen":2},` +
		`"name":{"type":"string","x-akita-seen":2}},"required":["id","lives","name"],"x-akita-seen":2}}`
	if got := text(t, components.Schemas()); got != want {
		t.Errorf("the components are\n%s\nwant\n%s", got, want)
	}
}

// Different records of one name have different components, and an error is called one.
func TestComponentNames(t *testing.T) {
	t.Parallel()
	components := jsonschema.NewComponents()
	w := jsonschema.NewWriter(jsonschema.Config{Plain: true, Components: components}, jsonschema.Subject{})
	record := func(body string) jsonschema.Object { return w.Value("", sumOf(t, []string{body})) }
	a, b, c := record(`{"a":1,"b":2,"c":3}`), record(`{"d":1,"e":2,"f":3}`), record(`{"g":1,"h":2,"i":3}`)
	components.Share(jsonschema.Object{}.
		With("/cats", []any{a, a, b, b}).
		With("/errors", jsonschema.Object{}.With("404", jsonschema.Object{}.With("x", []any{c, c}))))
	var names []string
	for _, schema := range components.Schemas() {
		names = append(names, schema.Key)
	}
	if got, want := text(t, names), `["Cat","CatItem","Error"]`; got != want {
		t.Errorf("the components are %s, want %s", got, want)
	}
}
