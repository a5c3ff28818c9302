package apimodel

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// sortedKeys returns a map's keys in order: whatever depends on order goes by it.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// get returns the value of a key; a missing one is created, under a key that shares no memory with
// its caller's: the keys come from input, and stay as long as the model.
func get[K comparable, V any](of map[K]V, key K, create func() V) V {
	if v, ok := of[key]; ok {
		return v
	}
	v := create()
	of[cloned(key)] = v
	return v
}

// cloned copies the strings of a map key, so that a small name does not keep the
// large input alive that it was cut from.
func cloned[K comparable](key K) K {
	switch k := any(key).(type) {
	case string:
		return any(strings.Clone(k)).(K)
	case routeKey:
		return any(routeKey{strings.Clone(k.method), strings.Clone(k.template), strings.Clone(k.base)}).(K)
	}
	return key
}
