package jsonschema_test

import "testing"

func TestEnums(t *testing.T) {
	t.Parallel()
	const record = `{"type":"object","properties":`
	checkSchemas(t, map[string]schemaTest{
		"a few words that were repeated": {
			times(12, `{"shade":"dark"}`, `{"shade":"light"}`),
			record + `{"shade":{"type":"string","enum":["dark","light"]}},"required":["shade"]}`,
		},
		"a word that came once": {
			append(times(12, `{"shade":"dark"}`, `{"shade":"light"}`), `{"shade":"dim"}`),
			record + `{"shade":{"type":"string"}},"required":["shade"]}`,
		},
		"names of things": {
			times(12, `{"city":"oslo","last_name":"holm","tag":"new"}`, `{"city":"lima","last_name":"vega","tag":"old"}`),
			record + `{"city":{"type":"string"},"last_name":{"type":"string"},"tag":{"type":"string"}},"required":["city","last_name","tag"]}`,
		},
		"a secret, and the sort of it": {
			times(12, `{"token":"red","token_type":"bearer"}`, `{"token":"blue","token_type":"mac"}`),
			record + `{"token":{"type":"string"},"token_type":{"type":"string","enum":["bearer","mac"]}},"required":["token","token_type"]}`,
		},
	})
}
