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

// IsUserChosen reports whether users choose the values of a field of this name, so that there will
// be more of them: names of things, and what people write.
func IsUserChosen(name string) bool {
	words := Words(name)
	return len(words) > 0 && userChosen.has(Singular(words[len(words)-1]))
}

// IsNamed reports whether the capitalized words in a field of this name are names of things, and those
// of a few capitals the initials of people.
func IsNamed(name string) bool {
	words := Words(name)
	return len(words) > 0 && named.has(Singular(words[len(words)-1]))
}

// IsAmount reports whether integers of this name are sizes, ids or limits, and not times, however
// large they are.
func IsAmount(name string) bool {
	return slices.ContainsFunc(Words(name), func(word string) bool { return amounts.has(Singular(word)) })
}
