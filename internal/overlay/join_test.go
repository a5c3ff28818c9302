package overlay

import (
	"bytes"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"akita/internal/openapi"
)

func TestJoin(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, x, y, want string }{
		{"the same", `{type: string}`, `{type: string}`, `{type: string}`},
		{"null", `{type: "null"}`, `{type: string}`, `{type: [string, "null"]}`},
		{"null of 3.0", `{nullable: true}`, `{type: string}`, `{type: string, nullable: true}`},
		{"null in one", `{type: [string, "null"]}`, `{type: string}`, `{type: [string, "null"]}`},
		{
			"null beside an enum", `{type: "null"}`, `{type: string, enum: [a]}`,
			`{anyOf: [{type: string, enum: [a]}, {type: "null"}]}`,
		},
		{"numbers", `{type: integer}`, `{type: number}`, `{type: number}`},
		{"another format", `{type: string, format: date}`, `{type: string}`, `{type: string}`},
		{"another type", `{type: string}`, `{type: integer}`, `{anyOf: [{type: string}, {type: integer}]}`},
		{"anything", `{}`, `{type: string}`, `{}`},
		{
			"further alternatives", `{anyOf: [{type: string}, {type: integer}]}`, `{anyOf: [{type: integer}, {type: array}]}`,
			`{anyOf: [{type: string}, {type: integer}, {type: array}]}`,
		},
		{"elements", `{type: array}`, `{type: array, items: {type: string}}`, `{type: array}`},
		{
			"fields", `{type: object, properties: {a: {type: string}, b: {type: integer}}, required: [a, b]}`,
			`{type: object, properties: {b: {type: "null"}, c: {type: string}}, required: [b, c]}`,
			`{type: object, properties: {a: {type: string}, b: {type: [integer, "null"]}, c: {type: string}}, required: [b]}`,
		},
	} {
		if got := yamlOf(t, Join(schema(t, row.x), schema(t, row.y))); got != yamlOf(t, schema(t, row.want)) {
			t.Errorf("%s: the schema is\n%s, want %s", row.name, got, row.want)
		}
	}
}

func schema(t *testing.T, text string) object {
	t.Helper()
	var node yaml.Node
	if err := yaml.Unmarshal([]byte(text), &node); err != nil {
		t.Fatal(err)
	}
	value, err := new(reader).read(&node)
	if err != nil {
		t.Fatal(err)
	}
	o, _ := value.(object)
	return o
}

func yamlOf(t *testing.T, o object) string {
	t.Helper()
	var b bytes.Buffer
	if err := openapi.WriteYAML(&b, o); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}
