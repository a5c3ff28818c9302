package main

import (
	"fmt"
	"strings"

	"akita/test/rig"
)

// size is an API: how many endpoints it has, and whether the framework says their routes.
type size struct {
	endpoints int
	routes    bool
}

func (s size) String() string {
	if s.routes {
		return fmt.Sprint(s.endpoints)
	}
	return fmt.Sprintf("%d without routes", s.endpoints)
}

// nouns name resources.
var nouns = strings.Fields(`
	accounts addresses albums answers articles assets audits badges banners bookings branches brands
	campaigns carts categories channels charges cities colors comments companies contacts contracts
	countries coupons courses credits customers datasets deals deliveries departments devices
	discounts documents drivers employees events exports features feeds files folders forms groups
	holidays hotels images imports invoices issues items jobs journals keywords labels languages
	ledgers lessons licenses lists loans locations machines managers meetings members menus messages
	metrics milestones models notes offers orders`)

// maxEndpoints is how many pairs of nouns there are.
var maxEndpoints = len(nouns) * len(nouns)

// fields is how many fields a response has.
const fields = 20

// call returns call i of an API. The calls are spread evenly over the endpoints.
func (s size) call(i int) rig.Call {
	endpoint := i % s.endpoints
	first := endpoint % len(nouns)
	second := (first + endpoint/len(nouns)) % len(nouns)
	path := func(id string) string { return fmt.Sprintf("api/v1/%s/%s/%s/", nouns[first], id, nouns[second]) }
	call := rig.Call{Number: i, Path: path(fmt.Sprint(i * 7919 % 100_000)), Answer: record(endpoint, i)}
	if s.routes {
		call.Route = path("<int:pk>")
	}
	return call
}

// record returns the answer to call i: an object with the fields of the endpoint.
func record(endpoint, i int) string {
	var out strings.Builder
	for f := range fields {
		name, value := field(endpoint, f, i)
		out.WriteString(map[bool]string{true: "{", false: ","}[f == 0])
		fmt.Fprintf(&out, `"%s":%s`, name, value)
	}
	return out.String() + "}"
}

// field returns field f of a record. A third of the names are the same in all APIs, such as "id".
func field(endpoint, f, i int) (name, value string) {
	kinds := []struct{ common, suffix, value string }{
		{"id", "count", fmt.Sprint(i % 1000)},
		{"name", "title", fmt.Sprintf(`"Number %d of many"`, i%977)},
		{"uuid", "uuid", fmt.Sprintf(`"0f8fad5b-d9cb-469f-a165-%012d"`, i)},
		{"created_at", "date", fmt.Sprintf(`"2026-01-%02dT09:%02d:00Z"`, i%28+1, i%60)},
		{"is_active", "enabled", []string{"true", "false"}[i%2]},
		{"total", "price", fmt.Sprintf("%d.25", i%500)},
		{"status", "code", []string{`"paid"`, `"open"`, `null`}[i%3]},
	}
	kind := kinds[f%len(kinds)]
	if f < len(kinds) {
		return kind.common, kind.value
	}
	return nouns[(endpoint+f)%len(nouns)] + "_" + kind.suffix, kind.value
}
