package endpoints

import (
	"slices"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/witness"
)

// habits holds what the clients of an API do in all operations alike, so that it is not a property of
// one of them (docs/adr/0018-what-clients-do.md).
type habits struct {
	alone   map[string]bool // credentials that were accepted without a cookie, by their key
	headers map[string]bool // headers that a client library adds
}

func newHabits(endpoints []*Endpoint) *habits {
	h := &habits{alone: make(map[string]bool), headers: make(map[string]bool)}
	for _, e := range endpoints {
		for _, key := range e.line().alone {
			h.alone[key] = true
		}
	}
	h.addHeaders(endpoints)
	return h
}

// The headers of a client library are recognized if there are at least minFamily of them, and if they
// occur together in at least minOperations operations and in more than half of all.
const (
	minFamily     = 3
	minOperations = 3
)

// addHeaders finds the headers of client libraries: a family of names that describe a client and
// always occur together.
func (h *habits) addHeaders(endpoints []*Endpoint) {
	operations := make(map[string]int)           // by header
	families := make(map[string]map[string]bool) // headers by family
	broken := make(map[string]bool)              // families whose headers do not always occur together
	for _, e := range endpoints {
		var counts map[string]uint64 // by family
		if len(e.line().headers) > 0 {
			counts = make(map[string]uint64)
		}
		for _, header := range e.line().headers {
			name, family := header.name, header.family
			operations[name]++
			if families[family] == nil {
				families[family] = make(map[string]bool)
			}
			families[family][name] = true
			if n, known := counts[family]; known && n != header.calls {
				broken[family] = true
			}
			counts[family] = header.calls
		}
	}
	for family, members := range families {
		if len(members) < minFamily || broken[family] {
			continue
		}
		for name := range members {
			if n := operations[name]; n >= minOperations && n*2 > len(endpoints) {
				h.headers[name] = true
			}
		}
	}
}

// needed returns the credentials that a call needed. If the others were accepted without the cookie
// elsewhere, a browser just sent the cookie along.
func (h *habits) needed(auths []witness.Auth) []witness.Auth {
	if others := withoutCookies(auths); len(others) > 0 && h.alone[nameOf(others)] {
		return others
	}
	return auths
}

func withoutCookies(auths []witness.Auth) []witness.Auth {
	return slices.DeleteFunc(slices.Clone(auths), func(a witness.Auth) bool { return a.In == "cookie" })
}

// nameOf writes credentials as a key without the format of their tokens.
func nameOf(auths []witness.Auth) string {
	keys := make([]string, len(auths))
	for i, a := range auths {
		keys[i] = strings.Join([]string{string(a.Type), a.In, a.Name}, "|")
		if a.Type == witness.AuthOther {
			keys[i] += "|" + a.Format
		}
	}
	slices.Sort(keys)
	return strings.Join(keys, "&")
}

// Requirements returns the combinations of credentials that the endpoint accepts, in order. An empty
// combination at the end means that calls without credentials were accepted too. The result is empty
// if no credentials were seen.
func (e *Endpoint) Requirements() [][]witness.Auth {
	var out [][]witness.Auth
	calls := e.Calls.Authentication()
	for _, key := range sortedKeys(calls) {
		if key == "" || key == apimodel.Many {
			continue
		}
		auths := e.habits.needed(apimodel.Credentials(key))
		if !slices.ContainsFunc(out, func(there []witness.Auth) bool { return slices.Equal(there, auths) }) {
			out = append(out, auths)
		}
	}
	if len(out) > 0 && calls[""] > 0 {
		out = append(out, nil)
	}
	return out
}

// IsHabit reports whether a request header is one that a client library adds to all its calls.
func (e *Endpoint) IsHabit(header string) bool { return e.habits != nil && e.habits.headers[header] }
