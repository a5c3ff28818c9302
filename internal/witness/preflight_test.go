package witness_test

import (
	"testing"

	"akita/internal/har"
	"akita/internal/witness"
)

// Browsers send preflights by themselves, so they do not show what the API does.
func TestIsPreflight(t *testing.T) {
	t.Parallel()
	asks := har.Pair{Name: "Access-Control-Request-Method", Value: "PUT"}
	for name, c := range map[string]struct {
		method  string
		headers []har.Pair
		want    bool
	}{
		"a preflight":                  {"OPTIONS", []har.Pair{{Name: "Origin", Value: "https://a.test"}, asks}, true},
		"a method in lower case":       {"options", []har.Pair{asks}, true},
		"OPTIONS of a client":          {"OPTIONS", []har.Pair{{Name: "Origin", Value: "https://a.test"}}, false},
		"the header of another method": {"GET", []har.Pair{asks}, false},
	} {
		e := har.Entry{Request: har.Request{Method: c.method, URL: "/x", Headers: c.headers}}
		w := witness.FromEntry(&e, witness.Options{})
		if got := w.IsPreflight(); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		for _, h := range w.Headers {
			if h.Name == "access-control-request-method" && !c.want {
				t.Errorf("%s: the witness keeps the header", name)
			}
		}
	}
}
