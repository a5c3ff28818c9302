package names

import (
	_ "embed" // the words
	"strings"
	"sync"
)

//go:embed words/agents.txt
var agentFile string

// Families of clients that are known by more than one word.
const (
	botFamily     = "bot"
	browserFamily = "browser"
)

// maxUserAgent bounds how much of the header is read, in bytes. Browsers send some 130.
const maxUserAgent = 512

// family is a family of clients.
type family struct {
	name       string
	rank       int  // the lowest one counts, where a header has words of several
	isAnywhere bool // the word need not be a product
}

var (
	families   = sync.OnceValue(readFamilies)
	botEndings = section(agentFile, botFamily)
)

// readFamilies returns the families by their words in lower case.
func readFamilies() map[string]family {
	of := make(map[string]family)
	rank := 0
	add := func(word, name string, isAnywhere bool) {
		rank++
		of[strings.ToLower(word)] = family{name, rank, isAnywhere}
	}
	for _, kind := range []string{"agent", "client"} {
		for _, line := range section(agentFile, kind) {
			word, name, isOther := strings.Cut(line, " ")
			if !isOther {
				name = word
			}
			add(word, name, kind == "agent")
		}
	}
	for _, ending := range botEndings {
		add(ending, botFamily, true)
	}
	for _, product := range section(agentFile, browserFamily) {
		add(product, browserFamily, false)
	}
	return of
}

// AgentFamily returns the family of clients that a header User-Agent names, "" if it is not known. It is
// a word of a list, and never a text of the header.
func AgentFamily(userAgent string) string {
	var best family
	text := userAgent[:min(len(userAgent), maxUserAgent)]
	for at := 0; at < len(text); {
		end := at
		for end < len(text) && isProductByte(text[end]) {
			end++
		}
		if end > at {
			isProduct := at == 0 || end < len(text) && text[end] == '/'
			f, ok := familyOf(text[at:end])
			if ok && (isProduct || f.isAnywhere) && (best.rank == 0 || f.rank < best.rank) {
				best = f
			}
		}
		at = end + 1
	}
	return best.name
}

func isProductByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '.'
}

// familyOf returns the family of a word in any case.
func familyOf(word string) (family, bool) {
	var buf [lowerSize]byte
	lower := appendLower(buf[:0], word)
	if f, ok := families()[string(lower)]; ok {
		return f, true
	}
	for _, ending := range botEndings {
		if len(lower) > len(ending) && string(lower[len(lower)-len(ending):]) == ending {
			return families()[ending], true
		}
	}
	return family{}, false
}

var familyNames = sync.OnceValue(func() map[string]struct{} {
	of := make(map[string]struct{})
	for _, f := range families() {
		of[f.name] = struct{}{}
	}
	return of
})

// IsAgentFamily reports whether a name is that of a family of clients.
func IsAgentFamily(name string) bool {
	_, ok := familyNames()[name]
	return ok
}
