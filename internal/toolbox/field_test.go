package toolbox

import (
	"strings"
	"testing"

	"akita/internal/jsonschema"
	"akita/internal/shape"
)

func TestTypesAreWritten(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		values []string
		want   string
	}{
		{"a record", []string{`{"id": 1, "note": null}`, `{"id": 2, "tags": ["a"]}`}, `body: object
"id": integer
"note"?: null, in 1 of 2
"tags"?: array of string, in 1 of 2`},
		{"null beside a type", []string{`{"n": 1}`, `{"n": null}`, `{"n": 2}`}, `body: object
"n": integer or null (1 null)`},
		{"several types", []string{`{"n": 1}`, `{"n": "a b"}`}, `body: object
"n": integer or string`},
		{"a format that not all have", []string{
			`{"at": "2026-01-31"}`, `{"at": "2026-01-30"}`, `{"at": "2026-01-29"}`, `{"at": ""}`,
		}, `body: object
"at": string date (3 of 4)`},
		{"arrays of arrays", []string{`[[{"x": 1.5}]]`}, `body: array of array of object
"x": number`},
		{"a scalar", []string{`true`}, `body: boolean`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var all *shape.Shape
			for _, value := range test.values {
				one, err := shape.OfJSON(value, shape.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if all == nil {
					all = one
				} else {
					all.Merge(one)
				}
			}
			schema := jsonschema.NewWriter(jsonschema.Config{}, jsonschema.Subject{}).Value("", all)
			var lines []string
			for f := range fields("body", schema) {
				lines = append(lines, f.text())
			}
			if got := strings.Join(lines, "\n"); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestSchemasAreWritten(t *testing.T) {
	t.Parallel()
	object := func(members ...any) (o jsonschema.Object) {
		for i := 0; i < len(members); i += 2 {
			o.Set(members[i].(string), members[i+1])
		}
		return o
	}
	choice := object("type", "string", "enum", []any{"open", "paid", nil})
	one := object("title", "query GetUser", "type", "object", "properties", object("status", choice), "required", []any{"status"})
	for _, test := range []struct {
		schema jsonschema.Object
		want   string
	}{
		{object("oneOf", []any{one, object("type", "object", "additionalProperties", object("type", "integer"))}),
			`body: one of; alternative 1 "query GetUser": object; "status": string "open"|"paid"; ` +
				`alternative 2: object; any key: integer`},
		{object("type", "object", "x-akita-recursive", true), "body: object like the record around it"},
		{nil, "body: anything"},
	} {
		var lines []string
		for f := range fields("body", test.schema) {
			lines = append(lines, f.text())
		}
		if got := strings.Join(lines, "; "); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestFieldsHavePaths(t *testing.T) {
	t.Parallel()
	of, err := shape.OfJSON(`[{"items": [[{"a.b": {"c": 1}}]]}]`, shape.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for f := range fields("", jsonschema.NewWriter(jsonschema.Config{}, jsonschema.Subject{}).Value("", of)) {
		paths = append(paths, strings.Join(f.path, "."))
	}
	want := `|[]."items"|[]."items"[][]."a.b"|[]."items"[][]."a.b"."c"`
	if got := strings.Join(paths, "|"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
