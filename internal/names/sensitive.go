package names

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed words/sensitive.txt
var sensitiveFile string

// The kinds of sensitive data, the gravest first. A kind is a section of the list.
const (
	Password     = "password"
	Token        = "token"
	Financial    = "financial"
	GovernmentID = "government_id"
	Special      = "special"
	Contact      = "contact"
	Personal     = "personal"
	Network      = "network"
)

// SensitiveKinds lists the kinds of sensitive data, the gravest first.
func SensitiveKinds() []string {
	return []string{Password, Token, Financial, GovernmentID, Special, Contact, Personal, Network}
}

// harmless is the section of names that end like those of a kind.
const harmless = "harmless"

// maxPhrase is how many words a line of the list has at most.
const maxPhrase = 4

var (
	carriers = setOf(sensitiveFile, "carrier")
	abouts   = setOf(sensitiveFile, "about")

	// phrases are the kinds by their words, and by these written as one word.
	phrases = sync.OnceValue(func() map[string]string {
		kinds := make(map[string]string)
		for _, kind := range append(SensitiveKinds(), harmless) {
			for _, phrase := range section(sensitiveFile, kind) {
				kinds[strings.Join(bareWords(phrase), " ")] = kind
				kinds[strings.Join(bareWords(strings.ReplaceAll(phrase, " ", "")), " ")] = kind
			}
		}
		return kinds
	})
)

// Sensitive returns the kind of sensitive data that a name says its values are, "" for none. In a name
// the last word is what the value is: "user_token" is a token, "token_type" and "tokenizer" are not.
// above is the name of the object that has the field, "" for none: the number of a card is one.
func Sensitive(name, above string) string {
	words := Words(name)
	if len(words) == 0 || abouts.has(words[0]) {
		return ""
	}
	outer := bareWords(above)
	kind := kindOf(append(outer, bareWords(name)...), len(outer))
	if kind == harmless {
		return ""
	}
	return kind
}

// kindOf returns the kind of the longest phrase that has nothing but carriers after it. A phrase does
// not end in front of the words of a field, which begin at outer, unless all of them are carriers.
func kindOf(words []string, outer int) string {
	for last := len(words); last >= max(outer, 1); last-- {
		if last < len(words) && !carriers.has(words[last]) {
			return ""
		}
		for first := max(0, last-maxPhrase); first < last; first++ {
			if kind := phrases()[strings.Join(words[first:last], " ")]; kind != "" {
				return kind
			}
		}
	}
	return ""
}

// bareWords returns the words of a name in the singular and without digits behind them: "lines2" is
// "line".
func bareWords(name string) []string {
	words := Words(name)
	for i, word := range words {
		words[i] = singular(strings.TrimRight(word, "0123456789"))
	}
	return slices.DeleteFunc(words, func(word string) bool { return word == "" })
}

// IsInPlural reports whether the last word of a name is a plural. An integer of such a name is a count.
func IsInPlural(name string) bool {
	words := Words(name)
	return len(words) > 0 && singular(words[len(words)-1]) != words[len(words)-1]
}
