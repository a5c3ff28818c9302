package witness_test

import (
	"testing"

	"akita/internal/har"
	"akita/internal/har/hartest"
	"akita/internal/witness"
)

// A preflight is known by its header or by the recording.
func TestIsPreflight(t *testing.T) {
	t.Parallel()
	asks := func(e *har.Entry) { e.Request.Method = "OPTIONS" }
	for name, test := range map[string]struct {
		call har.Entry
		want bool
	}{
		"by its header":    {hartest.Call("/users", 204, "", asks, hartest.RequestHeader("Access-Control-Request-Method", "PUT")), true},
		"by the recording": {hartest.Call("/users", 204, "", asks, hartest.Fetched("preflight")), true},
		"neither":          {hartest.Call("/users", 204, "", asks), false},
		"another method":   {hartest.Call("/users", 200, "", hartest.Fetched("preflight")), false},
	} {
		if w := witness.FromEntry(&test.call, witness.Options{}); w.IsPreflight() != test.want {
			t.Errorf("%s: %t, want %t", name, w.IsPreflight(), test.want)
		}
	}
}
