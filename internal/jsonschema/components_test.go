package jsonschema_test

import (
	"testing"

	"akita/internal/jsonschema"
)

// Different records of one name have different components, and an error is called one.
func TestComponentNames(t *testing.T) {
	t.Parallel()
	components := jsonschema.NewComponents()
	w := jsonschema.NewWriter(jsonschema.Config{Plain: true, Components: components}, jsonschema.Subject{})
	record := func(body string) jsonschema.Object { return w.Value("", sumOf(t, []string{body})) }
	a, b, c := record(`{"a":1,"b":2,"c":3}`), record(`{"d":1,"e":2,"f":3}`), record(`{"g":1,"h":2,"i":3}`)
	_, schemas := shared(components, jsonschema.Object{}.
		With("/cats", jsonschema.Object{}.With("all", []any{a, a, b, b})).
		With("/errors", jsonschema.Object{}.With("404", jsonschema.Object{}.With("x", []any{c, c}))))
	var names []string
	for _, schema := range schemas {
		names = append(names, schema.Key)
	}
	if got, want := text(t, names), `["Cat","CatItem","Error"]`; got != want {
		t.Errorf("the components are %s, want %s", got, want)
	}
}
