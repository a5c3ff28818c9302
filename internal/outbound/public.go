package outbound

import "net/netip"

// special are the ranges that are not public, beside those that netip names: from the registries of
// special-purpose addresses of IANA (RFC 6890), for IPv4 and IPv6.
var special = prefixes(
	"0.0.0.0/8",       // this network
	"100.64.0.0/10",   // shared by the customers of a carrier (CGNAT), and metadata of some clouds
	"192.0.0.0/24",    // protocols
	"192.0.2.0/24",    // documentation
	"192.88.99.0/24",  // 6to4 relays
	"198.18.0.0/15",   // benchmarks
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"240.0.0.0/4",     // reserved, and broadcast

	"::/96",           // IPv4-compatible, and loopback
	"::ffff:0:0/96",   // IPv4-mapped, if it was not unmapped
	"::ffff:0:0:0/96", // IPv4-translated
	"64:ff9b::/96",    // NAT64
	"64:ff9b:1::/48",  // NAT64 of a network of its own
	"100::/64",        // discard
	"2001::/23",       // protocols, Teredo among them
	"2001:db8::/32",   // documentation
	"2002::/16",       // 6to4
	"3fff::/20",       // documentation
	"5f00::/16",       // segment routing
	"fec0::/10",       // site-local
)

func prefixes(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		out[i] = netip.MustParsePrefix(text)
	}
	return out
}

// IsPublic reports whether an address is one of the public Internet. Addresses of IPv6 that carry one of
// IPv4 are not: they may lead to any address of IPv4. Those of metadata services are link-local, shared
// or private.
func IsPublic(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsValid() || !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
