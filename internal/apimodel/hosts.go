package apimodel

import "akita/internal/witness"

// Schemes is the set of URL schemes by which a host was called.
type Schemes uint8

// The known schemes. A host that was called only by other schemes has none of them.
const (
	OverHTTP Schemes = 1 << iota
	OverHTTPS
)

func schemeOf(name string) Schemes {
	switch name {
	case "http":
		return OverHTTP
	case "https":
		return OverHTTPS
	}
	return 0
}

// AnyHost stands for all hosts of a model that has too many to keep apart.
const AnyHost = "*"

// hostOf returns the host of a call, "" if it is unknown. A daemon that withholds a host writes
// AnyHost, which does not say that the call was for several hosts.
func hostOf(w *witness.Witness) string {
	if w.Host == AnyHost {
		return ""
	}
	return w.Host
}

// addScheme records by which scheme a host was called, and returns the host under which the model
// keeps its calls.
func (m *Model) addScheme(host string, seen Schemes) string {
	if _, known := m.schemes[host]; !known && len(m.schemes) >= m.limits.hosts || host == AnyHost {
		m.ForgetHosts()
	}
	if m.manyHosts {
		host = AnyHost
	}
	if known, ok := m.schemes[host]; !ok || known|seen != known {
		m.schemes[cloned(host)] = known | seen
	}
	return host
}

// ForgetHosts merges all hosts into AnyHost.
func (m *Model) ForgetHosts() {
	if m.manyHosts {
		return
	}
	m.manyHosts = true
	var all Schemes
	for _, seen := range m.schemes {
		all |= seen
	}
	m.schemes = map[string]Schemes{AnyHost: all}
	m.routes.forgetHosts()
}
