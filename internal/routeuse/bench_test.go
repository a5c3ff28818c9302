package routeuse_test

import (
	"fmt"
	"testing"

	"akita/internal/routelist"
	"akita/internal/routeuse"
	"akita/internal/witness"
)

// BenchmarkOf compares 10,000 routes with the endpoints of 5,000 calls, half of which have no route.
func BenchmarkOf(b *testing.B) {
	var entries []routelist.Entry
	var calls []*witness.Witness
	for i := range routelist.MaxRoutes {
		route := fmt.Sprintf("/area%d/thing%d/{id}", i%50, i)
		entries = append(entries, entry("GET", route, fmt.Sprintf("view%d", i)))
		if i%4 == 0 {
			calls = append(calls, &witness.Witness{Method: "GET", Host: "shop.example", Template: route, Status: 200})
			path := fmt.Sprintf("/area%d/other%d/list", i%50, i)
			calls = append(calls, inferred(&witness.Witness{Method: "GET", Host: "shop.example", Template: path, Status: 200}))
		}
	}
	list, set := routelist.New(entries, false), setOf(calls...)
	b.ReportAllocs()
	for b.Loop() {
		routeuse.Of(list, set)
	}
}
