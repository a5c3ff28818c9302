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
	paths, schemas := shared(components,
		jsonschema.Object{}.With("/cats", cat).With("/pets", cat).With("/dogs", two).With("/wolves", two),
	)
	want := `{"/cats":{"$ref":"#/components/schemas/Cat","x-akita-seen":1},"/pets":{"$ref":"#/components/schemas/Cat","x-akita-seen":1},` +
		`"/dogs":` + text(t, two) + `,"/wolves":` + text(t, two) + `}`
	if got := text(t, paths); got != want {
		t.Errorf("the paths are\n%s\nwant\n%s", got, want)
	}
	want = `{"Cat":{"type":"object","properties":{"id":{"type":"integer","x-akita-seen":2},"lives":{"type":"integer","x-akita-seen":2},` +
		`"name":{"type":"string","x-akita-seen":2}},"required":["id","lives","name"],"x-akita-seen":2}}`
	if got := text(t, schemas); got != want {
		t.Errorf("the components are\n%s\nwant\n%s", got, want)
	}
}
