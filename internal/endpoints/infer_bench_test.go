package endpoints_test

import (
	"fmt"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/witness"
)

// manyRoutes is the model of an API with n routes. Each answers with a record of twenty fields.
func manyRoutes(n int) *apimodel.Model {
	m := apimodel.New()
	for i := range n {
		var body strings.Builder
		for f := range 20 {
			fmt.Fprintf(&body, `,"field_%d_%d":"text %d"`, i%97, f, f)
		}
		e := call(fmt.Sprintf("/items%d/7", i), 200, fmt.Sprintf(`{"id":%d%s}`, i, &body),
			routed(fmt.Sprintf("/items%d/{id}", i)))
		w := witness.FromEntry(&e, witness.Options{})
		m.Add(&w)
	}
	return m
}

// BenchmarkInfer is what a view of a large API costs: its endpoints, and the list of them.
func BenchmarkInfer(b *testing.B) {
	for _, n := range []int{50, 500, 5000} {
		m := manyRoutes(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if got := len(endpoints.Infer(m).Overview(endpoints.Filter{}).Endpoints); got != n {
					b.Fatalf("%d endpoints, want %d", got, n)
				}
			}
		})
	}
}
