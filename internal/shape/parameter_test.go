package shape_test

import (
	"testing"

	"pgregory.net/rapid"

	"akita/internal/shape"
)

func TestParameterName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"page":                       "page",
		"page[size]":                 "page[size]",
		"ids[]":                      "ids[]",
		"address1":                   "address1",
		"address_2":                  "address_2",
		"sorts[0]":                   "sorts[]",
		"sorts[123]":                 "sorts[]",
		"columns[0][data]":           "columns[][data]",
		"columns[10][search][value]": "columns[][search][value]",
		"filters[1][values][12]":     "filters[][values][]",
		"matrix[0][1]":               "matrix[][]",
		"user[address][0][street]":   "user[address][][street]",
		"a[1662798101123][b]":        "a[][b]",
		"items.0.name":               "items[].name",
		"tags.3":                     "tags[]",
		"Items[0].Name":              "Items[].Name",
		"items.0[name]":              "items[][name]",
		"a[0":                        "a[0",
		"a0]":                        "a0]",
		"a[0]b":                      "a[0]b",
		"a[x1]":                      "a[x1]",
		"a.b2.c":                     "a.b2.c",
		"a..1":                       "a.[]",
		"0":                          "0",
		"":                           "",
	} {
		got, indexed := shape.ParameterName(name)
		if got != want || indexed != (name != want) {
			t.Errorf("ParameterName(%q) = %q, %v, want %q", name, got, indexed, want)
		}
	}
}

// A name without indices stays as it is, and an index never survives.
func TestParameterNameIsStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[a-z.\[\]0-9]{0,16}`).Draw(t, "name")
		once, _ := shape.ParameterName(name)
		if again, indexed := shape.ParameterName(once); again != once || indexed {
			t.Fatalf("%q became %q, and that %q", name, once, again)
		}
	})
}
