package store

import (
	"strings"
	"unicode"
)

// NameKey returns the form of a name under which it is unique without regard to
// case: two names have the same key where strings.EqualFold calls them equal.
func NameKey(name string) string { return strings.Map(firstOfCase, name) }

// firstOfCase returns the smallest of the runes that differ from r only by case.
func firstOfCase(r rune) rune {
	for {
		next := unicode.SimpleFold(r) // walks the runes upwards, then starts again
		if next <= r {
			return next
		}
		r = next
	}
}
