package jsonschema_test

import "testing"

func TestFormats(t *testing.T) {
	t.Parallel()
	const record = `{"type":"object","properties":`
	checkSchemas(t, map[string]schemaTest{
		"a decimal of three characters may be a version": {
			times(6, `{"jsonrpc":"2.0","total":"12.50"}`),
			record + `{"jsonrpc":{"type":"string"},"total":{"type":"string","format":"decimal"}},"required":["jsonrpc","total"]}`,
		},
		"many integers that are all times, unless the name says otherwise": {
			numbered(6, `{"joined":1700000#,"size":1700000#}`),
			record + `{"joined":{"type":"integer","format":"unixtime"},"size":{"type":"integer"}},"required":["joined","size"]}`,
		},
	})
}
