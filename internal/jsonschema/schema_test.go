package jsonschema_test

import "testing"

func TestUnions(t *testing.T) {
	t.Parallel()
	const record = `{"type":"object","properties":`
	checkSchemas(t, map[string]schemaTest{
		"a field that is not always present is optional": {
			[]string{`{"a":1,"b":true}`, `{"a":2}`},
			record + `{"a":{"type":"integer"},"b":{"type":"boolean"}},"required":["a"]}`,
		},
		"null makes a type nullable, and integers among numbers are numbers": {
			[]string{`{"a":null,"b":1}`, `{"a":"x y","b":1.5}`},
			record + `{"a":{"type":["string","null"]},"b":{"type":"number"}},"required":["a","b"]}`,
		},
	})
}
