package apimodel

import "strings"

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
