package jsonschema_test

import (
	"fmt"
	"strings"
	"testing"
)

// keyed writes an object with the same value under each of some keys.
func keyed(keys, value string) string {
	var members []string
	for key := range strings.FieldsSeq(keys) {
		members = append(members, fmt.Sprintf("%q:%s", key, value))
	}
	return "{" + strings.Join(members, ",") + "}"
}

// Objects whose keys are words, and whether they are maps.
func TestWordsAsKeys(t *testing.T) {
	t.Parallel()
	const unit = `{"name":"x","factor":1.5}`
	for name, test := range map[string]struct {
		bodies []string
		isMap  bool
	}{
		"currencies, all of them every time":    {times(4, keyed("CHF EUR USD", "1.5")), true},
		"countries, in a single object":         {[]string{keyed("CH DE FR", "7")}, true},
		"two currencies may be anything":        {times(4, keyed("EUR USD", "1.5")), false},
		"currencies under which nothing agrees": {times(4, `{"CHF":1,"EUR":"x","USD":{"a":1}}`), false},
		"codes in lower case are words too":     {times(4, keyed("at in to", "7")), false},
		"a word that is not a code":             {times(4, keyed("CHF EUR total", "7")), false},
		"most of a few records": {
			times(
				8, keyed("KGM LBR MTR INH FTQ", unit), keyed("LBR MTR INH FTQ LTR", unit),
				keyed("KGM LBR MTR INH LTR", unit), keyed("KGM FTQ LTR", unit),
			),
			true,
		},
		"records of which one is always there": {
			times(8, keyed("home work a b c", unit), keyed("home d a b c", unit), keyed("home d work c", unit)), false,
		},
		"most of a few numbers": {
			times(
				8, keyed("width height depth weight volume", "1"), keyed("height depth weight volume girth", "1"),
				keyed("width height depth girth", "1"),
			),
			false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			schema, _ := schemaOf(t, test.bodies)
			if isMap := strings.Contains(schema, `"additionalProperties"`); isMap != test.isMap {
				t.Errorf("is a map: %t, want %t: %s", isMap, test.isMap, schema)
			}
		})
	}
}

func TestMaps(t *testing.T) {
	t.Parallel()
	checkSchemas(t, map[string]schemaTest{
		"keys that are dates": {
			[]string{`{"2026-01-05":1}`, `{"2026-01-06":2,"2026-01-07":3}`},
			`{"type":"object","additionalProperties":{"type":"integer"},"propertyNames":{"format":"date"}}`,
		},
		"ever new words, with values of several types": {
			[]string{
				`{"oak":1,"elm":"a b"}`, `{"fir":2}`, `{"ash":3,"yew":"c d"}`, `{"box":1}`, `{"bay":2,"fig":"e f"}`,
				`{"nut":1}`,
			},
			`{"type":"object","additionalProperties":{"type":["integer","string"]}}`,
		},
	})
}
