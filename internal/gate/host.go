package gate

import (
	"strings"

	"akita/internal/names"
	"akita/internal/spelling"
	"akita/internal/witness"
)

const (
	// anyHost stands for a host that is withheld.
	anyHost = "*"
	// maxHosts is the maximum number of hosts that pass without being listed. Later ones never
	// displace them.
	maxHosts = 16
	// maxEarlyHosts is the number of hosts that can pass before they have occurred in callsOfEntry
	// calls.
	maxEarlyHosts = 4
)

// host lets the application's own hosts through. If none are listed, the first hosts of usual words
// pass at once. Any other host can be data, also in the first call, because a client chooses it: the
// first ones that are spelled like names pass after callsOfName calls, all others after callsOfEntry.
func (f *filter) host(host string) string {
	if host == "" || f.hosts[host] {
		return host
	}
	if len(f.config.Hosts) > 0 {
		return f.anyHost()
	}
	name, port, hasPort := strings.Cut(host, ":")
	if hasPort && !witness.IsPort(port) {
		return f.anyHost()
	}
	key := f.at(f.at(0, inHost), host)
	if f.memory.hosts[key] {
		return host
	}
	if len(f.memory.hosts) >= maxHosts || !f.passesHost(name, key) {
		return f.anyHost()
	}
	f.memory.hosts[key] = true
	return host
}

func (f *filter) anyHost() string {
	f.held++
	return anyHost
}

// passesHost reports whether a host that is not known passes. It counts the call.
func (f *filter) passesHost(name string, key place) bool {
	needed := uint8(callsOfEntry)
	switch {
	case len(f.memory.hosts) >= maxEarlyHosts:
	case !f.config.StrictNames && names.IsUsualHost(name):
		return true
	case isNamedHost(name):
		needed = callsOfName
	}
	return f.memory.sighted(key, f.call) >= needed
}

// isNamedHost reports whether all labels of a host are spelled like names.
func isNamedHost(name string) bool {
	for label := range strings.SplitSeq(name, ".") {
		if !spelling.IsName(label) {
			return false
		}
	}
	return true
}
