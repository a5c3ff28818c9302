package apimodel

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// sortedKeys returns the keys of a map in order. All code whose result depends on order uses it.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := slices.AppendSeq(make([]K, 0, len(m)), maps.Keys(m))
	slices.Sort(keys)
	return keys
}

// get returns the value of a key and creates a missing one. The map keeps a copy of the key, because
// keys are parts of the input, which the model must not keep in memory.
func get[K comparable, V any](of map[K]V, key K, create func() V) V {
	if v, ok := of[key]; ok {
		return v
	}
	v := create()
	of[cloned(key)] = v
	return v
}

// cloned copies the strings of a map key, so that a short key does not keep the large input in
// memory that it is a part of.
func cloned[K comparable](key K) K {
	switch k := any(key).(type) {
	case string:
		return any(strings.Clone(k)).(K)
	case routeKey:
		return any(routeKey{strings.Clone(k.method), strings.Clone(k.template), strings.Clone(k.base)}).(K)
	}
	return key
}
