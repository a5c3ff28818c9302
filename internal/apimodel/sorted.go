package apimodel

import (
	"cmp"
	"maps"
	"slices"
)

// sortedKeys returns a map's keys in order: everything that is rendered goes by it.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
