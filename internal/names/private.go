package names

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed words/private.txt
var privateFile string

var (
	privateParts   = section(privateFile, "part")
	privateWords   = setOf(privateFile, "word")
	privateEndings = section(privateFile, "ending")
	sorts          = setOf(privateFile, "sort")
	codeNames      = setOf(privateFile, "code")
	secretWords    = setOf(privateFile, "secret")
	personalWords  = setOf(privateFile, "personal")
)

// IsPrivate reports whether the values under a name must never be kept, not even as members of an
// enum: secrets, personal data and free text.
func IsPrivate(name string) bool {
	words := Words(name)
	if len(words) == 0 || isSort(words) {
		return false
	}
	lower := strings.ToLower(name)
	if slices.ContainsFunc(privateParts, func(part string) bool { return strings.Contains(lower, part) }) {
		return true
	}
	return slices.ContainsFunc(words, isPrivateWord)
}

func isPrivateWord(word string) bool {
	singular, isPlural := strings.CutSuffix(word, "s")
	return privateWords.has(word) || isPlural && privateWords.has(singular) ||
		slices.ContainsFunc(privateEndings, func(ending string) bool { return strings.HasSuffix(word, ending) })
}

// isSort reports whether a name means the sort of a secret, as "token_type" does, or a name in code, as
// "operationName" does.
func isSort(words []string) bool {
	last := len(words) - 1
	return sorts.has(words[last]) || words[last] == "name" && last > 0 && codeNames.has(words[last-1])
}

// IsSecret reports whether everything under a name is a secret, at any depth.
func IsSecret(name string) bool { return slices.ContainsFunc(Words(name), secretWords.has) }

// IsPersonal reports whether the strings in objects of a name are personal data.
func IsPersonal(name string) bool { return slices.ContainsFunc(Words(name), personalWords.has) }
