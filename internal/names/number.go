package names

import (
	_ "embed"
	"strings"
	"unicode"
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

// Singular returns the singular of an English noun; a noun that is not a plural stays as it is. Of a
// name in camel case it is the last word that counts.
func Singular(name string) string {
	last := strings.LastIndexFunc(name, unicode.IsUpper)
	if last <= 0 || last == len(name)-1 {
		return singular(name)
	}
	word := strings.ToLower(name[last:])
	if one := singular(word); one != word {
		return name[:last] + name[last:last+1] + one[1:]
	}
	return name
}

// endings are the regular plurals: what replaces the end of a noun. The first that fits decides.
var endings = [...]struct{ plural, singular string }{
	{"ies", "y"},     // categories
	{"sses", "ss"},   // addresses
	{"yses", "ysis"}, // dialyses
	{"shes", "sh"},   // dishes
	{"ches", "ch"},   // branches
	{"xes", "x"},     // boxes
	{"zzes", "zz"},   // buzzes
	{"oes", "o"},     // heroes
	{"auses", "ause"},
	{"ouses", "ouse"},
	{"uses", "us"}, // campuses
	{"ss", "ss"},
	{"us", "us"},
	{"is", "is"},
	{"s", ""},
}

// singular returns the singular of a word.
func singular(word string) string {
	if one, ok := irregular[word]; ok {
		return one
	}
	if invariant.has(word) {
		return word
	}
	for _, e := range endings {
		if stem, ok := strings.CutSuffix(word, e.plural); ok && (len(stem) > 1 || len(e.singular) > 1) {
			return stem + e.singular
		}
	}
	return word
}
