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
		"a format of strings says nothing of the integers beside them": {
			append(numbered(6, `{"id":"9399468a-fb46-4597-b788-956e61100#"}`), numbered(6, `{"id":#}`)...),
			record + `{"id":{"oneOf":[{"type":"integer"},{"type":"string","format":"uuid"}]}},"required":["id"]}`,
		},
		"a format of integers says nothing of the strings beside them": {
			append(numbered(6, `{"at":1700000#}`), numbered(6, `{"at":"now#"}`)...),
			record + `{"at":{"oneOf":[{"type":"integer","format":"unixtime"},{"type":"string"}]}},"required":["at"]}`,
		},
		"both have their own, in lists too": {
			append(numbered(6, `{"at":[1700000#,null]}`), numbered(6, `{"at":["2024-01-01T00:00:00.#Z"]}`)...),
			record + `{"at":{"type":"array","items":{"oneOf":[{"type":"integer","format":"unixtime"},` +
				`{"type":"string","format":"date-time"},{"type":"null"}]}}},"required":["at"]}`,
		},
		"a number with a fraction has no format": {
			append(numbered(6, `{"at":1.#}`), numbered(6, `{"at":"2024-01-01T00:00:00.#Z"}`)...),
			record + `{"at":{"oneOf":[{"type":"number"},{"type":"string","format":"date-time"}]}},"required":["at"]}`,
		},
		"dates with dots are not versions": {
			[]string{`{"due":"10.12.2023"}`, `{"due":"1.2.2023"}`},
			record + `{"due":{"type":"string"}},"required":["due"]}`,
		},
	})
}
