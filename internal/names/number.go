package names

import (
	_ "embed"
	"strings"
)

//go:embed words/nouns.txt
var nounFile string

var (
	irregular  = pairsOf(nounFile, "irregular")
	invariant  = setOf(nounFile, "invariant")
	pluralOnly = setOf(nounFile, "plural")
)

// IsPlural reports whether a path segment is a plural noun. Items are usually below it.
func IsPlural(word string) bool {
	name := Camel(word)
	return pluralOnly.has(name) || Singular(name) != name
}

// Singular returns the singular of an English noun. Its rules cover nearly all names of collections.
// It returns a noun that is not a plural unchanged.
func Singular(name string) string {
	if singular, ok := irregular[name]; ok {
		return singular
	}
	if invariant.has(name) {
		return name
	}
	for _, rule := range [...]struct{ end, to string }{
		{"ies", "y"}, {"sses", "ss"}, {"shes", "sh"}, {"ches", "ch"}, {"xes", "x"}, {"zes", "z"},
		{"ss", "ss"}, {"us", "us"}, {"is", "is"}, {"s", ""},
	} {
		if stem, ok := strings.CutSuffix(name, rule.end); ok && len(stem) > 1 {
			return stem + rule.to
		}
	}
	return name
}
