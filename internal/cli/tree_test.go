package cli

import (
	"errors"
	"io"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/jsonschema"
)

func TestWriteTypes(t *testing.T) {
	t.Parallel()
	model := apimodel.New()
	add := addTo(model, true)
	for _, e := range []har.Entry{
		hartest.Call("/users/7?page=2", 200, `{"id":7,"tags":["a b"],"owner":null,"by_day":{"2026-01-05":1.5}}`,
			hartest.RequestHeader("Authorization", "Bearer abc")),
		hartest.Call("/users/8", 200, `{"id":8,"tags":[],"owner":{"id":1},"by_day":{}}`,
			hartest.RequestHeader("Authorization", "Bearer abc")),
		hartest.Call("/users", 202, "", hartest.Sends(`{"name":"A B"}`)),
	} {
		if err := add(&e); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	if err := writeTypes(&out, endpoints.Infer(model)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"GET /users/{userId}  (2 calls)\n  auth bearer\n",
		"\n  path userId  integer\n",
		"\n  query page?  integer\n",
		"\n  200 application/json  object\n",
		"\n    tags  array of string\n",
		"\n    owner  object or null\n      id  integer\n",
		"\n    by_day  object\n      *  number\n",
		"\n  request application/json  object\n    name?  string\n",
		"\n  202  (1 answer)\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
}

func TestWriteTypesReportsTheFirstError(t *testing.T) {
	t.Parallel()
	model := apimodel.New()
	e := hartest.Call("/users", 200, "{}")
	if err := addTo(model, true)(&e); err != nil {
		t.Fatal(err)
	}
	r, w := io.Pipe()
	broken := errors.New("broken")
	r.CloseWithError(broken)
	if err := writeTypes(w, endpoints.Infer(model)); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestSummary(t *testing.T) {
	t.Parallel()
	type object = jsonschema.Object
	with := func(key string, value any) object { return object{}.With(key, value) }
	for want, schema := range map[string]object{
		"string":              with("type", "string"),
		"string uuid":         with("type", "string").With("format", "uuid"),
		"string uuid or null": with("type", []any{"string", "null"}).With("format", "uuid"),
		"integer or string":   with("type", []any{"integer", "string"}),
		"string open|closed":  with("type", "string").With("enum", []any{"open", "closed", nil}),
		"array of array of boolean": with("type", "array").With("items",
			with("type", "array").With("items", with("type", "boolean"))),
		"array":           with("type", "array"),
		"object as above": with("type", "object").With("x-akita-recursive", true),
		"one of":          with("oneOf", []any{with("type", "string")}),
		"anything":        {},
	} {
		if got := summary(schema); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
