package jsonschema_test

import "testing"

func TestKinds(t *testing.T) {
	t.Parallel()
	const record = `{"type":"object","properties":`
	checkSchemas(t, map[string]schemaTest{
		"kinds that differ only in their name are one": {
			times(6, `{"type":"cat","age":9}`, `{"type":"dog","age":2}`),
			record + `{"age":{"type":"integer"},"type":{"type":"string","enum":["cat","dog"]}},"required":["age","type"]}`,
		},
		"an optional field does not make kinds": {
			[]string{`{"action":"log","n":1}`, `{"action":"block","n":1,"limit":5}`},
			record + `{"action":{"type":"string"},"limit":{"type":"integer"},"n":{"type":"integer"}},"required":["action","n"]}`,
		},
	})
}
