package toolbox

import (
	"fmt"
	"slices"
	"strings"

	"akita/internal/endpoints"
)

// names writes the names of endpoints.
type names struct {
	hosts bool // hosts distinguish endpoints
}

// namesOf returns how the endpoints of a set are named: with their hosts, if there are several APIs.
func namesOf(set *endpoints.Set) names {
	for _, h := range set.Hosts() {
		if h.API > 1 {
			return names{hosts: true}
		}
	}
	var before *endpoints.Endpoint
	for e := range set.Matching(endpoints.Filter{}) { // by path, then method, then host
		if before != nil && before.Path == e.Path && before.Method == e.Method {
			return names{hosts: true}
		}
		before = e
	}
	return names{}
}

// of names an endpoint: `GET "/orders/{id}"`. If that is not enough to find it, its id follows.
func (n names) of(s endpoints.Summary) string {
	return n.write(s.Method, s.Host, s.Path, s.ID)
}

func (n names) write(verb, host, path, id string) string {
	text := method(verb) + " "
	if n.hosts {
		text += quoted(host) + " "
	}
	text += quoted(path)
	if isCut(quoted(path)) || isCut(quoted(host)) {
		text += " id " + id
	}
	return text
}

func (n names) ofEndpoint(e *endpoints.Endpoint) string {
	return n.write(e.Method, e.Host, e.Path, e.ID())
}

// row describes an endpoint in a line.
func (n names) row(s endpoints.Summary) string {
	text := n.of(s) + ": " + counted(s.Requests, "call")
	if s.Errors > 0 {
		text += ", " + percent(s.Errors, s.Requests) + " errors"
	}
	if s.LatencyMs.Max > 0 {
		text += ", p95 " + ms(s.LatencyMs.P95) + " ms"
	}
	var auth []string
	for _, name := range s.Auth {
		auth = append(auth, authType(name))
	}
	if len(auth) > 0 {
		text += ", " + shortList(auth, "+")
	}
	return text
}

// authType returns the name of a type of credentials, quoted if it is none of ours: a daemon sent it.
func authType(name string) string {
	if slices.Contains(properties["auth"].choices, name) {
		return name
	}
	return quoted(name)
}

// maxNamed is how many endpoints a message names.
const maxNamed = 5

// list names the first of some endpoints, each with its id.
func (n names) list(some []*endpoints.Endpoint) string {
	var parts []string
	for _, e := range some[:min(len(some), maxNamed)] {
		parts = append(parts, n.ofEndpoint(e)+" id "+e.ID())
	}
	return strings.Join(parts, ", ")
}

// ms writes milliseconds with three digits.
func ms(value float64) string {
	if value >= 100 {
		return fmt.Sprintf("%.0f", value)
	}
	return fmt.Sprintf("%.3g", value)
}
