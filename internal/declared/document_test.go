package declared

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a: [":                     "neither YAML nor JSON",
		"info: {}":                 ErrNoOpenAPI.Error(),
		`{"log": {"entries": []}}`: ErrNoOpenAPI.Error(),
		`{"openapi": "3.0.0", "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/components/responses/A"}}}}}}`: "OpenAPI 3.0.0",
		`{"openapi": "3.0.0", "paths": {"/a": {"$ref": "b.yaml"}}}`:                                                    "disallowed external reference",
	} {
		if _, err := Read([]byte(text), Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, want %q", text, err, want)
		}
	}
}

func TestReadFollowsReferences(t *testing.T) {
	t.Parallel()
	files := map[string]string{"a.yaml": "Pet: {type: object, properties: {name: {type: string}}}"}
	d, err := Read([]byte(`
openapi: 3.0.0
info: {title: A, version: "1"}
paths:
  /a: {get: {responses: {"200": {description: a, content: {a/b: {schema: {$ref: "a.yaml#/Pet"}}}}}}}
`), Options{ReadRef: func(at *url.URL) ([]byte, error) {
		text, ok := files[at.Path]
		if !ok {
			return nil, errors.New("no such file")
		}
		return []byte(text), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	schema := d.Operations()[0].Response(200).Content("a/b").Schema
	if got := fmt.Sprint(schema.Names(), schema.Types()); got != "[name] [object]" {
		t.Errorf("the schema is %s", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"openapi": "3.1.0", "paths": {"/a/{b}": {"get": {"responses": {"200": {"content": {"a/b": {"schema": {"allOf": [{}]}}}}}}}}}`))
	f.Add([]byte("swagger: 2.0\npaths: {/a: {get: {parameters: [{in: body, name: a, schema: {type: object}}]}}}"))
	f.Fuzz(func(_ *testing.T, text []byte) {
		d, err := Read(text, Options{})
		if err != nil {
			return
		}
		d.Route("/a/b")
		for _, op := range d.Operations() {
			op.Response(200)
			op.Request().Content("application/json")
			op.Accepts(nil)
		}
	})
}
