package names

import (
	_ "embed" // the words
	"strings"
)

//go:embed words/browsers.txt
var browserFile string

var (
	fetchers       = fetchersOf(browserFile)
	browserPaths   = setOf(browserFile, "path")
	browserEndings = pairsOf(browserFile, "ending")
)

// Fetcher is for whom a browser made a call.
type Fetcher string

// The fetchers that are distinguished; "" is one that is not known.
const (
	FetchedByCode Fetcher = "code"      // of a page: a call of the API
	FetchedAsPage Fetcher = "page"      // to show it
	FetchedAsFile Fetcher = "file"      // for a page: an image, a font, a script
	FetchedAsPing Fetcher = "ping"      // to report something
	Preflight     Fetcher = "preflight" // to ask whether another call is allowed
)

func fetchersOf(file string) map[string]Fetcher {
	of := make(map[string]Fetcher)
	for _, fetcher := range []Fetcher{FetchedByCode, FetchedAsPage, FetchedAsFile, FetchedAsPing, Preflight} {
		for _, word := range section(file, string(fetcher)) {
			of[word] = fetcher
		}
	}
	return of
}

// FetcherOf returns for whom a browser made a call, by the resource type that a recording writes or
// the destination that a browser sends, in any case.
func FetcherOf(kind string) Fetcher {
	if kind == "" {
		return ""
	}
	return fetchers[strings.ToLower(kind)]
}

// IsBrowserPath reports whether browsers ask every host for a path, such as "/favicon.ico".
func IsBrowserPath(path string) bool { return browserPaths.has(strings.ToLower(path)) }

// IsPageFile reports whether a path and the media type of its response, in lower case and "" if
// unknown, are those of a file that only pages use: a style sheet, a script, a font or a source map.
func IsPageFile(path, mediaType string) bool {
	file := strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	for at := strings.IndexByte(file, '.'); at >= 0; {
		wanted, ok := browserEndings[file[at:]]
		if ok && (wanted == "*" || mediaType == "" || strings.Contains(mediaType, wanted)) {
			return true
		}
		next := strings.IndexByte(file[at+1:], '.')
		if next < 0 {
			return false
		}
		at += 1 + next
	}
	return false
}
