package names

import _ "embed"

//go:embed words/domains.txt
var domainFile string

var (
	domains    = setOf(domainFile, "domain")
	subdomains = setOf(domainFile, "subdomain")
)

// IsDomain reports whether a text in lower case behind the last dot makes a name one of a host.
func IsDomain(text string) bool { return domains.has(text) }

// IsSubdomain reports the same for a name of three parts or more.
func IsSubdomain(text string) bool { return subdomains.has(text) }
