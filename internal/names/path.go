package names

import (
	_ "embed"
	"strings"
)

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
	service     = setOf(pathFile, "service")
	stages      = setOf(pathFile, "stage")
	actions     = setOf(pathFile, "action")
	verbStarts  = section(pathFile, "verb-prefix")
	marked      = setOf(pathFile, "marked")
	api         = setOf(pathFile, "api")
	dated       = setOf(pathFile, "dated")
	fileEndings = setOf(endingFile, "file")
	pictures    = setOf(endingFile, "picture")
	compressed  = setOf(endingFile, "compression")
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

// IsAction reports whether a word in lower case may say, behind a colon, what an operation does:
// "undelete" in "/projects/7:undelete".
func IsAction(word string) bool {
	if verbs.has(word) || actions.has(word) {
		return true
	}
	for _, start := range verbStarts {
		if rest, ok := strings.CutPrefix(word, start); ok && (verbs.has(rest) || actions.has(rest)) {
			return true
		}
	}
	return false
}

// IsMarked reports whether a word behind an at sign is the API's own and no handle of a person, such
// as "me".
func IsMarked(word string) bool { return marked.has(word) }

// TakesVersion reports whether a date behind a path segment is likely a version of the API, as behind
// "api", and not the date of a thing, as behind "archive" and "reports".
func TakesVersion(word string) bool {
	lower := strings.ToLower(word)
	return api.has(lower) || !dated.has(lower) && !IsPlural(word)
}

// StandsBeforeVersion reports whether a path segment usually has a version of the API behind it.
func StandsBeforeVersion(word string) bool { return api.hasInAnyCase(word) }

// IsServicePath reports whether services of any API have a path, such as "/health": it has no
// parameter, and its last word, in any case, is in the list.
func IsServicePath(path string) bool {
	path = strings.ToLower(strings.TrimRight(path, "/"))
	return path == "" || !strings.Contains(path, "{") && service.has(path[strings.LastIndexByte(path, '/')+1:])
}

// IsVersioned reports whether a noun in the singular names things that have versions, such as
// "release".
func IsVersioned(word string) bool { return versioned.has(word) }

// IsReleaseStage reports whether a word in lower case may follow the number in a version, such as
// "beta" in "v1beta2".
func IsReleaseStage(word string) bool { return stages.has(word) }

// IsFileEnding reports whether a text behind the last dot of a path segment is the ending of a file
// that APIs serve, such as "csv".
func IsFileEnding(text string) bool { return fileEndings.has(text) }

// IsPictureEnding reports whether a file's ending is that of a picture, of sound or of a font: such
// files are content, and no operations of an API.
func IsPictureEnding(text string) bool { return pictures.has(text) }

// IsCompression reports whether a file's ending says how the file is packed, so that another ending
// may be before it, as in "tar.gz".
func IsCompression(text string) bool { return compressed.has(text) }
