package openapi_test

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/openapi"
	"akita/internal/openapi/openapitest"
	"akita/internal/witness"
)

var (
	call          = hartest.Call
	sends         = hartest.Sends
	submits       = hartest.Submits
	header        = hartest.RequestHeader
	answersHeader = hartest.ResponseHeader
	routed        = hartest.Routed
)

func model(entries []har.Entry) *endpoints.Set {
	m := apimodel.New()
	for i := range entries {
		w := witness.FromEntry(&entries[i], witness.Options{Enums: true})
		m.Add(&w)
	}
	return endpoints.Infer(m)
}

// documentOf renders calls as a document that is valid, and reads it.
func documentOf(t *testing.T, entries []har.Entry, o openapi.Options) (text []byte, value any) {
	t.Helper()
	text, err := openapi.New(model(entries), o).JSON()
	if err != nil {
		t.Fatal(err)
	}
	if err := openapitest.Check(t.Context(), text); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	return text, value
}

// fataler is implemented by testing.TB and rapid.T.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

// yamlOf returns the text of a document as YAML.
func yamlOf(t fataler, document *openapi.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := document.WriteYAML(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// at returns the value at a place of a document: keys and indices separated by spaces. It returns nil
// for a place that does not exist.
func at(document any, place string) any {
	for key := range strings.FieldsSeq(place) {
		switch v := document.(type) {
		case map[string]any:
			document = v[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(v) {
				return nil
			}
			document = v[i]
		default:
			return nil
		}
	}
	return document
}

// parsed is a JSON text as at finds it.
func parsed(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

func drawModel(t *rapid.T) *apimodel.Model {
	m := apimodel.New()
	for range rapid.IntRange(0, 30).Draw(t, "calls") {
		e := hartest.Draw(t)
		w := witness.FromEntry(&e, witness.Options{Enums: true})
		m.Add(&w)
	}
	return m
}
