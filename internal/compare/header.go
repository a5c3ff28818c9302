package compare

import (
	"strings"

	"akita/internal/declared"
	"akita/internal/facts"
	"akita/internal/witness"
)

// minUsual is how many operations have to answer with a header so that it belongs to none of them.
const minUsual = 5

// usualHeaders returns the response headers that all operations answer with, in all answers of a status
// at least: a framework, a gateway or a middleware adds them.
func (t *Traffic) usualHeaders() map[string]bool {
	operations := make(map[string]int)
	for _, o := range t.operations {
		always := make(map[string]bool)
		for k, n := range o.counts {
			if k.Kind == facts.Header && n == o.counts[k.Parent()] {
				always[k.Path] = true
			}
		}
		for name := range always {
			operations[name]++
		}
	}
	usual := make(map[string]bool)
	for name, n := range operations {
		if n >= minUsual && n == len(t.operations) {
			usual[name] = true
		}
	}
	return usual
}

// isGateways reports whether a response header is one that gateways add: how many calls a client may
// still make, and when.
func isGateways(name string) bool {
	return strings.HasPrefix(name, "x-ratelimit-") || strings.HasPrefix(name, "x-rate-limit-") ||
		strings.HasPrefix(name, "ratelimit") || name == "retry-after"
}

// headers compares the headers of the answers of a status.
func (c *drift) headers(in string, status int, response *declared.Response) {
	for _, k := range c.observed.keys(facts.Header) {
		if k.In != in || response.Headers[k.Path] || c.usual[k.Path] || isGateways(k.Path) || isStandard(k.Path, status) {
			continue
		}
		c.add(Finding{
			Kind: Undocumented, Fact: Fact{Subject: Header, Status: status, At: "response.header." + k.Path},
			Seen: c.observed.seen(k), Change: Change{At: response.At, Name: k.Path}, Consumers: c.observed.by(k),
		}, "no such header in the document")
	}
}

// isStandard reports whether HTTP gives a header a meaning in answers of a status that no document has to
// repeat.
func isStandard(name string, status int) bool {
	switch name {
	case "location":
		return status == 201 || status/100 == 3
	case "www-authenticate":
		return status == 401
	case "etag", "last-modified", "content-disposition", "content-encoding", "content-language", "content-range",
		"content-security-policy", "content-security-policy-report-only", "link":
		return true
	}
	return strings.HasPrefix(name, "access-control-") || strings.HasPrefix(name, "cross-origin-")
}

// nameOf names credentials for people: "bearer", "api_key X-API-Key".
func nameOf(auths []witness.Auth) string {
	var parts []string
	for _, a := range auths {
		name := string(a.Type)
		if a.Type == witness.AuthOther {
			name = a.Format
		}
		if a.Name != "" {
			name += " " + a.Name
		}
		parts = append(parts, name)
	}
	return strings.Join(parts, " + ")
}
