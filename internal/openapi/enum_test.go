package openapi_test

import (
	"testing"

	"akita/internal/har"
	"akita/internal/openapi"
)

// Each row has a field, the numbers of its values in responses, and the members of its enum.
func TestEnums(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		field  string
		values map[string]int // by text of JSON
		want   string
	}{
		"a choice":                           {"status", map[string]int{`"open"`: 3, `"shut"`: 2}, `["open","shut"]`},
		"one member":                         {"status", map[string]int{`"open"`: 40}, `null`},
		"one currency":                       {"currency", map[string]int{`"EUR"`: 8}, `["EUR"]`},
		"one word among many that came once": {"event", map[string]int{`"open"`: 3, `"shut"`: 1}, `null`},
		"many of which one came once":        {"event", map[string]int{`"open"`: 5, `"shut"`: 1}, `["open","shut"]`},
		"a key of a network":                 {"psk", map[string]int{`"correct-horse"`: 20, `"battery"`: 20}, `null`},
		"a security answer":                  {"answer", map[string]int{`"rex"`: 20, `"fido"`: 20}, `null`},
		"a passphrase":                       {"recoveryPhrase", map[string]int{`"river"`: 20, `"stone"`: 20}, `null`},
		"the sort of a secret":               {"answer_type", map[string]int{`"text"`: 20, `"image"`: 20}, `["image","text"]`},
		"accounts":                           {"acct", map[string]int{`"ada"`: 20, `"bob"`: 20}, `null`},
		"initials":                           {"checked_by", map[string]int{`"AK"`: 20, `"JD"`: 20}, `null`},
		"who did it, if not a person":        {"granted_by", map[string]int{`"staff"`: 20, `"system"`: 20}, `["staff","system"]`},
		"initials by name":                   {"initials", map[string]int{`"ak"`: 20, `"jd"`: 20}, `null`},
		"columns":                            {"column", map[string]int{`"salary"`: 20, `"bonus"`: 20}, `null`},
		"models of cars":                     {"model", map[string]int{`"Corolla"`: 20, `"Civic"`: 20}, `null`},
		"codes of models":                    {"model", map[string]int{`"AQ-10"`: 20, `"TH-200"`: 20}, `["AQ-10","TH-200"]`},
		"a list that varies":                 {"permissions", map[string]int{`["read"]`: 9, `["read","write"]`: 9}, `["read","write"]`},
		"a list that is always the same":     {"permissions", map[string]int{`["read","write"]`: 18}, `null`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls []har.Entry
			for value, n := range test.values {
				for range n {
					calls = append(calls, call("/x", 200, `{"`+test.field+`":`+value+`}`))
				}
			}
			all, document := documentOf(t, calls, openapi.Options{Plain: true})
			schema := "paths /x get responses 200 content application/json schema properties " + test.field
			got := at(document, schema+" enum")
			if got == nil {
				got = at(document, schema+" items enum")
			}
			if !same(t, got, test.want) {
				t.Errorf("the enum is %s, want %s in\n%s", text(t, got), test.want, all)
			}
		})
	}
}
