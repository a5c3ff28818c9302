package openapi

import (
	"slices"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
)

// servers says at which hosts operations are. The usual ones stand once for the whole document.
type servers struct {
	schemes func(host string) apimodel.Schemes
	only    []string // the hosts that are wanted; empty for all
	usual   []string
}

// newServers returns the servers of a document; only lists the hosts that are wanted. Those servers are
// the usual ones that most operations have; of equals, the first.
func newServers(set *endpoints.Set, only []string, byPath map[string]methods) servers {
	s := servers{schemes: set.Schemes, only: only}
	count, most := make(map[string]int), 0
	for _, path := range sortedKeys(byPath) {
		for _, method := range sortedKeys(byPath[path]) {
			hosts := s.of(byPath[path][method].Endpoint)
			key := strings.Join(hosts, " ")
			if count[key]++; count[key] > most {
				most, s.usual = count[key], hosts
			}
		}
	}
	return s
}

// of returns the hosts of an endpoint, in order, without those whose names are not known.
func (s *servers) of(e *endpoints.Endpoint) []string {
	hosts := slices.DeleteFunc(slices.Clone(e.Servers()), func(host string) bool {
		return !isName(host) || len(s.only) > 0 && !slices.ContainsFunc(s.only, func(one string) bool {
			return strings.EqualFold(one, host)
		})
	})
	slices.Sort(hosts)
	return hosts
}

// isName reports whether a host is known by its name.
func isName(host string) bool {
	return host != "" && host != apimodel.AnyHost && host != "ip" && !strings.HasPrefix(host, "ip:")
}

func (s *servers) areUsual(hosts []string) bool { return slices.Equal(hosts, s.usual) }

// ofPath returns the hosts that all operations of a path have, if they are not the usual ones; else nil.
func (s *servers) ofPath(of methods) []string {
	var shared []string
	for i, method := range sortedKeys(of) {
		hosts := s.of(of[method].Endpoint)
		if i == 0 {
			shared = hosts
		}
		if s.areUsual(hosts) || !slices.Equal(hosts, shared) {
			return nil
		}
	}
	return shared
}

// write lists hosts with the scheme by which they were called or, if none is known, the likelier one.
func (s *servers) write(hosts []string) []any {
	var out []any
	for _, host := range hosts {
		scheme := "https"
		seen := s.schemes(host)
		if seen == apimodel.OverHTTP || seen == 0 && strings.HasPrefix(host, "localhost") {
			scheme = "http"
		}
		out = append(out, object{}.With("url", scheme+"://"+host))
	}
	if out == nil {
		out = []any{object{}.With("url", "/")}
	}
	return out
}
