package gate

import (
	"strings"

	"akita/internal/spelling"
)

const (
	// anyHost stands for a host that is withheld.
	anyHost = "*"
	// maxHosts is the maximum number of hosts that pass without being listed. Later ones never
	// displace them.
	maxHosts = 16
	// hostsAtOnce is the number of those that pass in their first call.
	hostsAtOnce = 4
)

// host lets the application's own hosts through. If none are listed, the first hosts that are
// spelled like names pass at once, and later or unusual ones after establishedCalls calls.
func (f *filter) host(host string) string {
	if host == "" || f.hosts[host] {
		return host
	}
	if len(f.config.Hosts) > 0 || !hasValidPort(host) {
		f.held++
		return anyHost
	}
	at := f.at(0, inHost)
	if f.memory.isKnown(f.at(at, host)) {
		return host
	}
	p := f.memory.place(at)
	atOnce := p.names < hostsAtOnce && isUsualHost(host) && !f.config.StrictNames
	if p.names < maxHosts && (atOnce || f.knows(at, host, establishedCalls)) {
		f.memory.know(f.at(at, host))
		p.names++
		return host
	}
	f.held++
	return anyHost
}

// hasValidPort reports whether the port of a host, if it has one, is a number.
func hasValidPort(host string) bool {
	_, port, ok := strings.Cut(host, ":")
	return !ok || port != "" && len(port) <= 5 && strings.Trim(port, "0123456789") == ""
}

// isUsualHost reports whether all labels of a host are spelled like names.
func isUsualHost(host string) bool {
	name, _, _ := strings.Cut(host, ":")
	for label := range strings.SplitSeq(name, ".") {
		if !spelling.IsName(label) {
			return false
		}
	}
	return true
}
