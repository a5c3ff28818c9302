package jsonschema_test

import (
	"testing"

	"akita/internal/jsonschema"
)

// The evidence of a schema. The evidence of whole documents is tested in openapi.
func TestEvidence(t *testing.T) {
	t.Parallel()
	w := jsonschema.NewWriter(jsonschema.Config{}, jsonschema.Subject{})
	tests := map[string]schemaTest{
		"a type": {[]string{`1`, `2`}, `{"type":"integer","x-akita-seen":2}`},
		"a type that varies": {
			[]string{`1`, `null`},
			`{"type":["integer","null"],"x-akita-seen":2,"x-akita-types":{"integer":1,"null":1}}`,
		},
		"nothing but empty strings": {
			[]string{`""`, `1`},
			`{"type":["integer","string"],"x-akita-seen":2,"x-akita-types":{"integer":1,"empty":1}}`,
		},
		"a format": {
			[]string{`"2026-01-05"`, `""`},
			`{"type":"string","format":"date","x-akita-seen":2,"x-akita-format":{"date":1,"empty":1}}`,
		},
		"a format that one string has": {
			[]string{`"2026-01-05"`, `"soon"`},
			`{"type":"string","x-akita-seen":2,"x-akita-format":{"date":1,"other":1}}`,
		},
		"an enum": {
			times(8, `"dark"`, `"light"`),
			`{"type":"string","enum":["dark","light"],"x-akita-seen":8,"x-akita-enum":{"dark":4,"light":4}}`,
		},
		"a value of any type": {nil, `{}`},
		"a field": {
			[]string{`{"a":1}`, `{}`},
			`{"type":"object","properties":{"a":{"type":"integer","x-akita-seen":1,"x-akita-absent":1}},"x-akita-seen":2}`,
		},
	}
	for name, test := range tests {
		if got := text(t, w.Value("shade", sumOf(t, test.bodies))); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, test.want)
		}
	}
}
