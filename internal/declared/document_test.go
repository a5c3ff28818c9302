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

func TestBundle(t *testing.T) {
	t.Parallel()
	const root = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: OK,\n" +
		"  content: {application/json: {schema: {$ref: 'parts.yaml#/A'}}}}}}}}\n"
	d := read(t, root, "A: {type: object, properties: {b: {type: string}}}\n")
	if !d.IsSplit() {
		t.Error("a document of two files is one file")
	}
	text, err := d.Bundle()
	if err != nil {
		t.Fatal(err)
	}
	whole, err := Read(text, Options{})
	if err != nil || whole.IsSplit() {
		t.Fatalf("%s: %v", text, err)
	}
	schema := whole.Operations()[0].Response(200).Content("application/json").Schema
	if names := schema.Names(); len(names) != 1 || names[0] != "b" {
		t.Errorf("the fields are %v", names)
	}
}

// read reads a document that may refer to one other file.
func read(t *testing.T, text, other string) *Document {
	t.Helper()
	d, err := Read([]byte(text), Options{
		ReadRef: func(*url.URL) ([]byte, error) { return []byte(other), nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
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
