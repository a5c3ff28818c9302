package names

import (
	_ "embed" // the words
	"strings"
)

//go:embed words/hosts.txt
var hostFile string

var (
	hostLabels      = setOf(hostFile, "label")
	topLevelDomains = setOf(hostFile, "top-level")
)

// IsUsualHost reports whether all labels of a host, in lower case and without a port, say what it
// is for and not whose it is, as those of "localhost", "api.example.com" and "web-2.internal" do.
// A label may be of several words, and end in a number of one or two digits.
func IsUsualHost(host string) bool {
	name, last := host, host
	if dot := strings.LastIndexByte(host, '.'); dot >= 0 {
		name, last = host[:dot], host[dot+1:]
		if !topLevelDomains.has(last) && !isLetters(last, 2) {
			return false
		}
	} else if topLevelDomains.has(last) {
		return true
	}
	for label := range strings.SplitSeq(name, ".") {
		if !isUsualLabel(label) {
			return false
		}
	}
	return true
}

func isUsualLabel(label string) bool {
	words := 0
	for part := range strings.FieldsFuncSeq(label, func(r rune) bool { return r == '-' || r == '_' }) {
		word := strings.TrimRight(part, "0123456789")
		if len(part)-len(word) > 2 || word != "" && !hostLabels.has(word) {
			return false
		}
		if word != "" {
			words++
		}
	}
	return words > 0
}

// isLetters reports whether text is n small letters.
func isLetters(text string, n int) bool {
	return len(text) == n && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz") == ""
}
