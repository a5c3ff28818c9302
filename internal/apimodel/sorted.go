package apimodel

import (
	"cmp"
	"maps"
	"slices"
)

// sortedKeys returns a map's keys in order: everything that is rendered goes by it.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// sortedRoutes returns the keys of known routes by template, method and host.
func sortedRoutes(routes map[routeKey]*operation) []routeKey {
	return slices.SortedFunc(maps.Keys(routes), func(a, b routeKey) int {
		return cmp.Or(cmp.Compare(a.template, b.template), cmp.Compare(a.method, b.method), cmp.Compare(a.host, b.host), cmp.Compare(a.base, b.base))
	})
}
