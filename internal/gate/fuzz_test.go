package gate_test

import (
	"testing"

	"akita/internal/gate"
	"akita/internal/har"
	"akita/internal/witness"
)

// FuzzFilter checks that what leaves is a valid witness, and that the first call of a strict gate
// has no names of parameters.
func FuzzFilter(f *testing.F) {
	for i, c := range []call{
		{path: "/people/anna", query: "page=1", cookie: "theme=x", header: "X-Tenant=1", answer: `{"id": 1, "anna": []}`},
		{path: "/people/17:cancel", host: "localhost:8000", mediaType: "application/x-www-form-urlencoded", body: "a=1"},
		{path: "/", host: "[::1]", answerType: "application/vnd.anna+json", answer: `[{"a": 1}, {"b": {"c": 2}}]`, status: 404},
	} {
		f.Add(c.entry(f, i), true)
		f.Add(c.entry(f, i), false)
	}
	f.Fuzz(func(t *testing.T, raw []byte, strict bool) {
		var e har.Entry
		if har.ParseEntry(raw, &e) != nil {
			return
		}
		g := gate.New(gate.Config{StrictNames: strict})
		for call := range uint64(4) {
			w := witness.FromEntry(&e, witness.Options{})
			if w.Validate() != nil {
				return
			}
			g.Filter(&w, call)
			if err := w.Validate(); err != nil {
				t.Fatalf("call %d: %v", call, err)
			}
			if names := len(w.Query) + len(w.Headers) + len(w.Cookies) + len(w.ResponseHeaders); strict && call == 0 && names > 0 {
				t.Fatalf("%d names of parameters leave in the first call", names)
			}
		}
	})
}
