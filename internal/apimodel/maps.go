package apimodel

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// sortedKeys returns the keys of a map in order, for code whose result depends on the order.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// get returns the value of a key. If there is none, it adds the result of create, under a copy of
// the key.
func get[K comparable, V any](m map[K]V, key K, create func() V) V {
	if v, ok := m[key]; ok {
		return v
	}
	v := create()
	m[cloned(key)] = v
	return v
}

// cloned copies the strings of a map key. A key is a substring of some input, which would
// otherwise stay in memory as long as the model.
func cloned[K comparable](key K) K {
	switch k := any(key).(type) {
	case string:
		return any(strings.Clone(k)).(K)
	case routeKey:
		return any(routeKey{strings.Clone(k.method), strings.Clone(k.template), strings.Clone(k.base)}).(K)
	}
	return key
}
