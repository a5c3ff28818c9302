package store

import (
	"strings"
	"unicode"
)

// NameKey returns a key for comparing names without regard to case: two names
// have the same key if and only if strings.EqualFold reports them as equal.
func NameKey(name string) string { return strings.Map(firstOfCase, name) }

// firstOfCase returns the smallest of r and the runes that differ from it only
// by case.
func firstOfCase(r rune) rune {
	for {
		next := unicode.SimpleFold(r) // returns the runes in ascending order, then wraps around
		if next <= r {
			return next
		}
		r = next
	}
}
