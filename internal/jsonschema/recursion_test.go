package jsonschema_test

import (
	"testing"

	"akita/internal/jsonschema"
)

// A record that contains itself is a component that refers to itself.
func TestRecursion(t *testing.T) {
	t.Parallel()
	schema, components := schemaOf(t, []string{
		`{"id":1,"text":"a b","replies":[{"id":2,"text":"c d","replies":[{"id":3,"text":"e f","replies":[]}]}]}`,
	})
	if want := `{"$ref":"#/components/schemas/Thing"}`; schema != want {
		t.Errorf("the schema is %s, want %s", schema, want)
	}
	want := `{"Thing":{"type":"object","properties":{"id":{"type":"integer"},"replies":{"type":"array",` +
		`"items":{"$ref":"#/components/schemas/Thing"}},"text":{"type":"string"}},"required":["id","replies","text"]}}`
	if components != want {
		t.Errorf("the components are\n%s\nwant\n%s", components, want)
	}
}

// Without components such a record is marked where it would be repeated.
func TestRecursionInPlace(t *testing.T) {
	t.Parallel()
	w := jsonschema.NewWriter(jsonschema.Config{Plain: true}, jsonschema.Subject{})
	got := text(t, w.Value("", sumOf(t, []string{`{"id":1,"text":"a","next":{"id":2,"text":"b","next":null}}`})))
	want := `{"type":"object","properties":{"id":{"type":"integer"},"next":{"type":["object","null"],` +
		`"x-akita-recursive":true},"text":{"type":"string"}},"required":["id","text"]}`
	if got != want {
		t.Errorf("the schema is\n%s\nwant\n%s", got, want)
	}
}
