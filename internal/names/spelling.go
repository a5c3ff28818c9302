package names

import (
	_ "embed" // the words
)

//go:embed words/spelling.txt
var spellingFile string

var (
	webWords     = setOf(spellingFile, "web")
	englishWords = setOf(spellingFile, "english")
	shortWords   = setOf(spellingFile, "short")
	vendors      = setOf(spellingFile, "vendor")
)

// IsUnusualWord reports whether a word in lower case is a known word of web APIs or of English with a
// sequence of letters that is rare in English.
func IsUnusualWord(word string) bool { return webWords.has(word) || englishWords.has(word) }

// IsShortWord reports whether two or three letters in lower case are a word in names in camel case.
func IsShortWord(word string) bool { return shortWords.has(word) }

// IsVendor reports whether text, in any case, is the name of a maker with capitals inside, such as
// "GitHub".
func IsVendor(text string) bool { return vendors.hasInAnyCase(text) }
