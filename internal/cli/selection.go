package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"akita/internal/har"
	"akita/internal/witness"
)

// selection chooses calls by host and path, and remembers which hosts there were.
type selection struct {
	hosts, excluded, paths []string // as they were given

	only, without []hostPattern
	below         []pathPattern

	calls map[string]uint64 // all calls, by host
	left  map[string]uint64 // the chosen ones, by host
	used  map[string]bool   // the patterns that matched a call
}

// addFlags adds the flags that choose calls.
func (s *selection) addFlags(flags *pflag.FlagSet) {
	flags.StringSliceVar(&s.hosts, "host", nil,
		`only calls to this host: "api.example.com", "localhost:8000", "*.example.com" (repeatable)`)
	flags.StringSliceVar(&s.excluded, "exclude-host", nil, "no calls to this host, written as in --host (repeatable)")
	flags.StringArrayVar(&s.paths, "path", nil,
		`only paths that start with these segments: "/v1", "/api/*/users" (repeatable)`)
}

// parse checks what was given.
func (s *selection) parse() error {
	s.calls, s.left, s.used = make(map[string]uint64), make(map[string]uint64), make(map[string]bool)
	for _, list := range []struct {
		flag     string
		given    []string
		patterns *[]hostPattern
	}{{"--host", s.hosts, &s.only}, {"--exclude-host", s.excluded, &s.without}} {
		for _, text := range list.given {
			p, err := parseHost(list.flag, text)
			if err != nil {
				return err
			}
			*list.patterns = append(*list.patterns, p)
		}
	}
	for _, text := range s.paths {
		p, err := parsePath(text)
		if err != nil {
			return err
		}
		s.below = append(s.below, p)
	}
	return nil
}

// choosesHosts reports whether the user said which hosts to keep.
func (s *selection) choosesHosts() bool { return len(s.hosts) > 0 }

// keeps reports whether a call is chosen, and counts it.
func (s *selection) keeps(e *har.Entry) bool {
	a := witness.AddressOf(e)
	s.calls[a.Host]++
	// All lists are matched to the end, so that every pattern that matches is known.
	only, without := s.matches(s.only, a), s.matches(s.without, a)
	if len(s.only) > 0 && !only || without {
		return false
	}
	below := false
	for _, p := range s.below {
		if p.matches(a.Path) {
			below, s.used["--path "+p.text] = true, true
		}
	}
	if len(s.below) > 0 && !below {
		return false
	}
	s.left[a.Host]++
	return true
}

func (s *selection) matches(patterns []hostPattern, a witness.Address) bool {
	found := false
	for _, p := range patterns {
		if p.matches(a) {
			found, s.used[p.flag+" "+p.text] = true, true
		}
	}
	return found
}

// check fails if a host or a path was chosen that no call has. It is called after the last call.
func (s *selection) check() error {
	for _, p := range s.only {
		if !s.used[p.flag+" "+p.text] {
			return usagef("no call went to %q (--host): the calls went to %s", p.text, listHosts(s.calls))
		}
	}
	for _, p := range s.below {
		if !s.used["--path "+p.text] {
			return usagef("no call has a path that starts with %q (--path)%s", p.text, s.amongHosts())
		}
	}
	if len(s.left) == 0 {
		return usagef("no call is left: --exclude-host leaves out all; the calls went to %s", listHosts(s.calls))
	}
	return nil
}

// amongHosts reminds of the choice of hosts, if there was one.
func (s *selection) amongHosts() string {
	if len(s.only)+len(s.without) == 0 {
		return ""
	}
	return " among the calls to the chosen hosts"
}

// note names the hosts to leave out that no call went to, one line each.
func (s *selection) note() string {
	var b strings.Builder
	for _, p := range s.without {
		if !s.used[p.flag+" "+p.text] {
			fmt.Fprintf(&b, "no call went to %q (--exclude-host): the calls went to %s\n", p.text, listHosts(s.calls))
		}
	}
	return b.String()
}

// maxListed is how many hosts a message names.
const maxListed = 10

// listHosts names hosts with their calls, most called first.
func listHosts(calls map[string]uint64) string {
	hosts := slices.SortedFunc(maps.Keys(calls), func(x, y string) int {
		return cmp.Or(cmp.Compare(calls[y], calls[x]), strings.Compare(x, y))
	})
	var parts []string
	for _, host := range hosts[:min(len(hosts), maxListed)] {
		parts = append(parts, hostWithCalls(host, calls[host]))
	}
	if more := len(hosts) - maxListed; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(parts, ", ")
}

func hostWithCalls(host string, calls uint64) string {
	return fmt.Sprintf("%s (%s)", hostName(host), plural(calls, "call"))
}

// hostName returns the name of a host for people.
func hostName(host string) string {
	if host == "" {
		return "an unknown host"
	}
	return host
}
