package endpoints

import (
	"slices"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/names"
	"akita/internal/witness"
)

// habits are what the clients of an API do in all operations alike, so that it says nothing of one
// of them (docs/adr/0018-what-clients-do.md).
type habits struct {
	alone   map[string]bool // credentials that were accepted without a cookie, by their key
	headers map[string]bool // that a client library adds
}

func newHabits(endpoints []*Endpoint) *habits {
	h := &habits{alone: make(map[string]bool), headers: make(map[string]bool)}
	for _, e := range endpoints {
		for key := range e.Calls.Auth {
			if auths := apimodel.Credentials(key); len(withoutCookies(auths)) == len(auths) {
				h.alone[nameOf(auths)] = true
			}
		}
	}
	h.addHeaders(endpoints)
	return h
}

// A client library is known by at least so many headers that came together with at least so many
// operations, most of all.
const (
	minFamily     = 3
	minOperations = 3
)

// addHeaders finds the headers of client libraries: a family of names that describe a client, and
// that came with the same calls wherever one of them came.
func (h *habits) addHeaders(endpoints []*Endpoint) {
	operations := make(map[string]int)           // by header
	families := make(map[string]map[string]bool) // names by start
	broken := make(map[string]bool)              // families whose headers came apart
	for _, e := range endpoints {
		counts := make(map[string]uint64) // by family
		of := e.Calls.Request().Headers.ByName
		for name, p := range of {
			family := names.ClientFamily(name)
			if family == "" {
				continue
			}
			operations[name]++
			if families[family] == nil {
				families[family] = make(map[string]bool)
			}
			families[family][name] = true
			if n, known := counts[family]; known && n != p.Count {
				broken[family] = true
			}
			counts[family] = p.Count
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

// needed returns the credentials that a call had to have: a cookie beside others that were accepted
// without it elsewhere is one that a browser sends along.
func (h *habits) needed(auths []witness.Auth) []witness.Auth {
	if others := withoutCookies(auths); len(others) > 0 && h.alone[nameOf(others)] {
		return others
	}
	return auths
}

func withoutCookies(auths []witness.Auth) []witness.Auth {
	return slices.DeleteFunc(slices.Clone(auths), func(a witness.Auth) bool { return a.In == "cookie" })
}

// nameOf writes credentials as a key, whatever the format of their tokens.
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

// Requirements returns the combinations of credentials of which the endpoint asks for one, in
// order. An empty one at the end says that none is needed; the result is empty if none was seen.
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
