package names

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed words/formats.txt
var formatFile string

// hints maps the name of a format to the words that suggest it.
var hints = setsOf(formatFile)

// Suggests reports whether a word of a name suggests a format, such as "unixtime".
func Suggests(name, format string) bool {
	words, ok := hints[format]
	return ok && slices.ContainsFunc(Words(name), func(word string) bool {
		singular, isPlural := strings.CutSuffix(word, "s")
		return words.has(word) || isPlural && words.has(singular)
	})
}
