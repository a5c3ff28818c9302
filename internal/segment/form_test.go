package segment_test

import (
	"slices"
	"testing"

	"akita/internal/segment"
)

func TestForm(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		prefix, suffix string
		more           []string
		code           []string
	}{
		"":             {code: []string{"", ""}},
		".csv":         {suffix: ".csv", code: []string{"", ".csv"}},
		"@{}":          {prefix: "@", code: []string{"@", ""}},
		"F(a={},b={})": {prefix: "F(a=", suffix: ",b=", more: []string{")"}, code: []string{"F(a=", ",b=", ")"}},
		"{};v={}":      {suffix: ";v=", more: []string{""}, code: []string{"", ";v=", ""}},
	}
	for want, test := range tests {
		got := segment.Form(test.prefix, test.suffix, test.more...)
		if got != want {
			t.Errorf("the form is %q, want %q", got, want)
		}
		if code := segment.Code(got); !slices.Equal(code, test.code) {
			t.Errorf("the code of %q is %q, want %q", got, code, test.code)
		}
	}
}

func TestNameBefore(t *testing.T) {
	t.Parallel()
	type result struct {
		name  string
		isKey bool
	}
	for code, want := range map[string]result{
		"Products(": {name: "Products"}, "Customers('": {name: "Customers"}, "items[": {name: "items"},
		"F(OrderID=": {"OrderID", true}, ",ProductID=": {"ProductID", true}, "F(id=guid'": {"id", true},
		"F(guid'": {name: "F"}, "',n=": {"n", true}, ";color=": {"color", true}, "cars;color=": {"color", true},
		"getByTitle('": {"Title", true}, "By(": {name: "By"}, "@": {}, "~": {}, "": {}, ",": {}, "',": {}, "year=": {"year", true},
	} {
		if name, isKey := segment.NameBefore(code); name != want.name || isKey != want.isKey {
			t.Errorf("before %q is %q, %v, want %+v", code, name, isKey, want)
		}
	}
}
