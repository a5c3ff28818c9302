package apimodel_test

import (
	"fmt"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/shape"
	"akita/internal/witness"
)

// BenchmarkConsumers measures what a server does with the calls of one operation in one step: by
// nobody, and by 20 consumers.
func BenchmarkConsumers(b *testing.B) {
	text := `{"id":7`
	for f := range 20 {
		text += fmt.Sprintf(`,"field_%d":"some text"`, f)
	}
	s, err := shape.OfJSON(text+"}", shape.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, consumers := range []int{0, 20} {
		calls := make([]witness.Witness, 80)
		for i := range calls {
			calls[i] = witness.Witness{
				Start: time.Date(2026, 1, 1, 9, i%60, 0, 0, time.UTC), LatencyMs: float64(10 + i), Method: "GET",
				Host: "a.test", Scheme: "https", Template: "/items/{id}/", Status: 200,
				PathArgs: []witness.Param{{Name: "id", Shape: &shape.Shape{Ints: 1}}},
				Query:    []witness.Param{{Name: "page", Shape: &shape.Shape{Ints: 1}}},
				Auth:     []witness.Auth{{Type: witness.AuthBearer}},
				Response: &witness.Body{MediaType: "application/json", Shape: s, Size: shape.Bucket(300)},
			}
			if consumers > 0 {
				calls[i].Consumer = witness.Consumer{
					Name: fmt.Sprintf("consumer-%02d", i%consumers), Version: fmt.Sprintf("3.%d", i/consumers%2),
				}
			}
		}
		m := modelOf(calls)
		encoded := []byte(render(b, m))
		name := func(what string) string { return fmt.Sprintf("%s/%d consumers", what, consumers) }
		b.Run(name("add"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				modelOf(calls)
			}
		})
		b.Run(name("marshal"), func(b *testing.B) {
			b.ReportAllocs()
			b.ReportMetric(float64(len(encoded)), "bytes")
			for b.Loop() {
				render(b, m)
			}
		})
		b.Run(name("unmarshal"), func(b *testing.B) {
			b.ReportAllocs()
			var decoder apimodel.Decoder
			for b.Loop() {
				if _, err := decoder.Unmarshal(encoded); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name("merge"), func(b *testing.B) {
			b.ReportAllocs()
			sum := m.Clone()
			for b.Loop() {
				sum.Merge(m)
			}
		})
	}
}
