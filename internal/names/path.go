package names

import _ "embed"

//go:embed words/paths.txt
var pathFile string

//go:embed words/endings.txt
var endingFile string

var (
	pronouns    = setOf(pathFile, "pronoun")
	reserved    = setOf(pathFile, "reserved")
	special     = setOf(pathFile, "special")
	verbs       = setOf(pathFile, "verb")
	versioned   = setOf(pathFile, "versioned")
	stages      = setOf(pathFile, "stage")
	fileEndings = setOf(endingFile, "file")
)

// IsPronoun reports whether a path segment in lower case stands for the caller, such as "me".
func IsPronoun(word string) bool { return pronouns.has(word) }

// IsReserved reports whether a path segment in lower case, such as "search", is a value only if its
// responses are like those of sibling values.
func IsReserved(word string) bool { return reserved.has(word) }

// IsSpecial reports whether a path segment in lower case is rarely a value, such as "latest".
func IsSpecial(word string) bool { return special.has(word) }

// IsVerb reports whether a word in lower case names what an operation does, such as "create".
func IsVerb(word string) bool { return verbs.has(word) }

// IsVersioned reports whether a noun in the singular names things that have versions, such as
// "release".
func IsVersioned(word string) bool { return versioned.has(word) }

// IsReleaseStage reports whether a word in lower case may follow the number in a version, such as
// "beta" in "v1beta2".
func IsReleaseStage(word string) bool { return stages.has(word) }

// IsFileEnding reports whether a text behind the last dot of a path segment is the ending of a file
// that APIs serve, such as "csv".
func IsFileEnding(text string) bool { return fileEndings.has(text) }
