package cli

import (
	"strings"

	"akita/internal/witness"
)

// hostPattern matches hosts: "api.example.com" on any port, "localhost:8000" on one port,
// "*.example.com" for every name below example.com.
type hostPattern struct {
	flag, text string
	name, port string // port is "" for any
	below      bool   // matches the names below name, not name itself
}

func parseHost(flag, text string) (hostPattern, error) {
	p := hostPattern{flag: flag, text: text}
	bare := strings.ToLower(strings.TrimSpace(text))
	if _, rest, isURL := strings.Cut(bare, "://"); isURL {
		host, _, _ := strings.Cut(rest, "/")
		return p, usagef("%s takes a host, not a URL: write %s %s instead of %q", flag, flag, host, text)
	}
	p.name, p.port = witness.SplitPort(strings.TrimSuffix(bare, "/"))
	p.name, p.below = strings.CutPrefix(p.name, "*.")
	p.name = strings.TrimRight(p.name, ".")
	if p.name == "" || strings.ContainsAny(p.name, "*/? ") {
		return p, usagef(`%s %q is not a host: write "api.example.com", "localhost:8000" or "*.example.com"`, flag, text)
	}
	return p, nil
}

// matches reports whether a call went to a host that the pattern means. A host is known by the name
// that it was called by, and by the one that a model has ("localhost" for 127.0.0.1).
func (p hostPattern) matches(a witness.Address) bool {
	if p.port != "" && p.port != a.Port {
		return false
	}
	inModel, _ := witness.SplitPort(a.Host)
	return p.isName(a.Name) || p.isName(inModel)
}

func (p hostPattern) isName(name string) bool {
	if p.below {
		return strings.HasSuffix(name, "."+p.name)
	}
	return name == p.name
}
