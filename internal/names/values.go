package names

import (
	_ "embed"
	"slices"
)

//go:embed words/values.txt
var valueFile string

var (
	choices    = setOf(valueFile, "choice")
	userChosen = setOf(valueFile, "user-chosen")
	named      = setOf(valueFile, "named")
	amounts    = setOf(valueFile, "amount")
)

// IsChoice reports whether the few values of a field of this name are a choice.
func IsChoice(name string) bool { return slices.ContainsFunc(Words(name), choices.has) }

// IsUserChosen reports whether users choose the values of a field of this name, so that there will be
// ever new ones: names of things, and free text.
func IsUserChosen(name string) bool {
	words := Words(name)
	return len(words) > 0 && userChosen.has(Singular(words[len(words)-1]))
}

// IsNamed reports whether capitalized words in a field of this name are names of things, and whether a
// few capitals are the initials of a person.
func IsNamed(name string) bool {
	words := Words(name)
	return len(words) > 0 && named.has(Singular(words[len(words)-1]))
}

// IsAmount reports whether integers of this name are sizes, ids or limits. They are not times, even if
// they are in the range of timestamps.
func IsAmount(name string) bool {
	return slices.ContainsFunc(Words(name), func(word string) bool { return amounts.has(Singular(word)) })
}
