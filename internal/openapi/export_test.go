package openapi

import (
	"bytes"
	"iter"

	"github.com/go-json-experiment/json/jsontext"
)

// Object is the JSON object that documents are made of.
type Object = object

// IsPlainYAML is isPlainYAML, for its test.
var IsPlainYAML = isPlainYAML

// Lazy returns an object that is made while it is written.
func Lazy(of Object) iter.Seq2[string, any] { return of.All() }

// YAMLOf writes an object as WriteYAML does a document.
func YAMLOf(root Object) string {
	var b bytes.Buffer
	y := newYAMLWriter(&b)
	y.mapping(root.All(), 0, "", false)
	_ = y.out.Flush() // a Buffer takes everything
	return b.String()
}

// JSONOf writes a value as WriteJSON does a document, in one line.
func JSONOf(v any) (string, error) {
	var b bytes.Buffer
	err := encodeJSON(jsontext.NewEncoder(&b, jsonOptions("")...), v)
	return b.String(), err
}
