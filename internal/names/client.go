package names

import (
	_ "embed"
	"strings"
)

//go:embed words/clients.txt
var clientFile string

var (
	clientHeaders      = setOf(clientFile, "header")
	clientPrefixes     = section(clientFile, "prefix")
	clientWords        = setOf(clientFile, "word")
	clientDescriptions = setOf(clientFile, "description")
)

// isClientHeader reports whether a header in lower case is one that client libraries and agents for
// tracing add to every request.
func isClientHeader(lower []byte) bool {
	if clientHeaders.hasBytes(lower) || hasAnyPrefix(lower, clientPrefixes) {
		return true
	}
	for start, i := 0, 0; i <= len(lower); i++ {
		if i < len(lower) && lower[i] != '-' {
			continue
		}
		if clientWords.hasBytes(lower[start:i]) {
			return true
		}
		start = i + 1
	}
	const agent = "-user-agent"
	return len(lower) > len(agent) && string(lower[len(lower)-len(agent):]) == agent
}

// ClientFamily returns the start of a header's name, in lower case, that the headers of one client
// library share, as "x-acme-" of "x-acme-lang"; "" if the rest of the name does not describe a
// client.
func ClientFamily(name string) string {
	start := 0
	if strings.HasPrefix(name, "x-") {
		start = len("x-")
	}
	vendor, rest, _ := strings.Cut(name[start:], "-")
	if vendor == "" || rest == "" {
		return ""
	}
	for word := range strings.SplitSeq(rest, "-") {
		if !clientDescriptions.has(word) {
			return ""
		}
	}
	return name[:start+len(vendor)+1]
}
