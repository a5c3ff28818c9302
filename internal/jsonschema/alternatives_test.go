package jsonschema_test

import "testing"

func TestAlternatives(t *testing.T) {
	t.Parallel()
	const record = `{"type":"object","properties":`
	checkSchemas(t, map[string]schemaTest{
		"each object has exactly one of two fields": {
			times(16, `{"id":1,"result":true}`, `{"id":2,"error":"no such thing"}`),
			`{"oneOf":[` + record + `{"error":{"type":"string"},"id":{"type":"integer"}},"required":["error","id"]},` +
				record + `{"id":{"type":"integer"},"result":{"type":"boolean"}},"required":["id","result"]}]}`,
		},
		"a few such objects may be chance": {
			[]string{`{"id":1,"result":true}`, `{"id":2,"error":"no such thing"}`},
			record + `{"error":{"type":"string"},"id":{"type":"integer"},"result":{"type":"boolean"}},"required":["id"]}`,
		},
	})
}
