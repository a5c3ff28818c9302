package gate_test

import (
	"fmt"
	"testing"

	"akita/internal/gate"
	"akita/internal/har"
	"akita/internal/shape"
	"akita/internal/witness"
)

// BenchmarkFilter measures what the gate adds to making a witness of a call of 2 KB.
func BenchmarkFilter(b *testing.B) {
	answer := `{"count": 10, "next": null, "items": [`
	for i := range 10 {
		if i > 0 {
			answer += ","
		}
		answer += fmt.Sprintf(`{"id": %d, "name": "x", "price": "1.00", "created_at": "2026-01-01T00:00:00Z", `+
			`"tags": ["a"], "owner": {"id": 1, "login": "y"}}`, i)
	}
	raw := call{
		path: "/api/books", query: "page=1&page_size=10",
		header: "Authorization=Bearer x,Accept=*/*,X-Tenant=1", answer: answer + "]}",
	}.entry(b, 1)
	for _, gated := range []bool{false, true} {
		b.Run(fmt.Sprintf("gate=%v", gated), func(b *testing.B) {
			g := gate.New(gate.Config{})
			var e har.Entry
			var arena shape.Arena
			var line []byte
			b.ReportAllocs()
			for b.Loop() {
				arena.Reset()
				if err := har.ParseEntry(raw, &e); err != nil {
					b.Fatal(err)
				}
				w := witness.FromEntry(&e, witness.Options{Arena: &arena})
				if gated {
					g.Filter(&w, g.Call(raw))
				}
				line, _ = witness.AppendLine(line[:0], &w)
			}
		})
	}
}
