package jsonschema_test

import "testing"

func TestRecords(t *testing.T) {
	t.Parallel()
	const record = `{"type":"object","properties":`
	checkSchemas(t, map[string]schemaTest{
		"an object without fields": {[]string{`{}`}, `{"type":"object"}`},
		"objects and other values": {
			[]string{`{"a":1}`, `"text of some length"`},
			`{"oneOf":[{"type":"string"},` + record + `{"a":{"type":"integer"}},"required":["a"]}]}`,
		},
		"keys that are dates name the format of keys": {
			[]string{`{"2026-01-05":1,"2026-01-06":2}`},
			`{"type":"object","additionalProperties":{"type":"integer"},"propertyNames":{"format":"date"}}`,
		},
		"fields beside keys that are data": {
			[]string{`{"total":3,"2026-01-05":1,"2026-01-06":2}`},
			record + `{"total":{"type":"integer"}},"required":["total"],"additionalProperties":{"type":"integer"}}`,
		},
		"a field that was null in every object": {
			[]string{`{"a":null}`}, record + `{"a":{"type":"null"}},"required":["a"]}`,
		},
		"the members of a secret field are no enum": {
			times(20, `{"password":"open","state":"open"}`, `{"password":"closed","state":"closed"}`),
			record + `{"password":{"type":"string"},"state":{"type":"string","enum":["closed","open"]}},` +
				`"required":["password","state"]}`,
		},
		"nor are those of a record about a person": {
			times(20, `{"billing_address":{"kind":"home"}}`, `{"billing_address":{"kind":"work"}}`),
			record + `{"billing_address":` + record + `{"kind":{"type":"string"}},"required":["kind"]}},` +
				`"required":["billing_address"]}`,
		},
	})
}
