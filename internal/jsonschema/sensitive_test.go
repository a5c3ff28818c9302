package jsonschema

import (
	"testing"

	"akita/internal/format"
	"akita/internal/shape"
)

func TestSensitive(t *testing.T) {
	t.Parallel()
	text := &shape.Shape{Strs: 2}
	emails := &shape.Shape{Strs: 2, Formats: shape.Formats{{Format: format.Email, Count: 2}}}
	object := func(fields ...shape.Field) *shape.Shape {
		return &shape.Shape{Objs: 2, Object: &shape.Object{Fields: fields}}
	}
	inMap := func(values *shape.Shape) *shape.Shape {
		keys := &shape.Shape{Strs: 2}
		return &shape.Shape{Objs: 2, Object: &shape.Object{Keys: keys, Values: values}}
	}
	tests := map[string]struct {
		schema Object
		want   any
	}{
		"by name":   {NewWriter(Config{}, Subject{}).Value("password", text), "password"},
		"by format": {NewWriter(Config{}, Subject{}).Value("who", emails), "contact"},
		"a text":    {NewWriter(Config{}, Subject{}).Text("iban", text), "financial"},
		"a parameter that repeats": {
			NewWriter(Config{}, Subject{}).Parameter("email", text, true).Object("items"), "contact",
		},
		"in an object": {
			NewWriter(Config{}, Subject{}).Value("card", object(shape.Field{Name: "number", Shape: text})).
				Object("properties").Object("number"), "financial",
		},
		"in an array": {
			NewWriter(Config{}, Subject{}).Value("tokens", &shape.Shape{Arrs: 1, Items: text}).Object("items"), "token",
		},
		"in a map of that name": {
			NewWriter(Config{}, Subject{}).Value("passwords", inMap(text)).Object("additionalProperties"), nil,
		},
		"in a map by format": {
			NewWriter(Config{}, Subject{}).Value("all", inMap(emails)).Object("additionalProperties"), "contact",
		},
		"below a map": {
			NewWriter(Config{}, Subject{}).Value("all", inMap(object(shape.Field{Name: "pin", Shape: text}))).
				Object("additionalProperties").Object("properties").Object("pin"), "password",
		},
		"harmless": {NewWriter(Config{}, Subject{}).Value("title", text), nil},
		"plain":    {NewWriter(Config{Plain: true}, Subject{}).Value("password", text), nil},
	}
	for name, test := range tests {
		if got := test.schema.Get("x-akita-sensitive"); got != test.want {
			t.Errorf("%s: got %v, want %v in %v", name, got, test.want, test.schema)
		}
	}
}
