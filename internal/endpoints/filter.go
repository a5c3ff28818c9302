package endpoints

import (
	"slices"
	"strconv"
	"strings"
)

// Filter chooses endpoints. The values of a field are alternatives; an empty field matches every
// endpoint.
type Filter struct {
	Methods  []string // in any case
	Auth     []string // names of witness.AuthType, NoAuth for calls without credentials
	Statuses []string // "200" or "4xx"
	Hosts    []string // in any case
	Path     string   // contained in the path template, in any case
	// Search is words that are all part of the path or of what was seen: the names of fields and
	// parameters, types, formats, media types and views, in any case. A word that begins with "field:",
	// "parameter:", "type:", "format:", "media:", "view:" or "path:" is looked for only there.
	Search string
}

// matcher returns a function that reports whether an endpoint passes the filter.
func (f Filter) matcher() func(*Endpoint) bool {
	path, search := strings.ToLower(f.Path), termsOf(f.Search)
	return func(e *Endpoint) bool {
		if !oneOf(f.Methods, func(method string) bool { return strings.EqualFold(method, e.Method) }) ||
			!oneOf(f.Hosts, func(host string) bool { return isCalledAt(e, host) }) {
			return false
		}
		of := e.line()
		return oneOf(f.Auth, func(auth string) bool { return of.types[auth] > 0 }) &&
			oneOf(f.Statuses, of.answered) &&
			(path == "" || strings.Contains(strings.ToLower(e.Path), path)) &&
			(len(search) == 0 || search.match(strings.ToLower(e.Path), of.words()))
	}
}

// isCalledAt reports whether an endpoint was called at a host, in any case.
func isCalledAt(e *Endpoint, host string) bool {
	for at := range e.hostCalls {
		if strings.EqualFold(at, host) {
			return true
		}
	}
	return false
}

// oneOf reports whether any of the alternatives matches; an empty list matches everything.
func oneOf(alternatives []string, matches func(string) bool) bool {
	return len(alternatives) == 0 || slices.ContainsFunc(alternatives, matches)
}

// HasStatus reports whether a status is one of the alternatives, which are statuses ("200") or classes
// ("4xx"); an empty list matches everything.
func HasStatus(status int, alternatives []string) bool {
	text := strconv.Itoa(status)
	return oneOf(alternatives, func(wanted string) bool { return isStatus(text, wanted) })
}

// isStatus reports whether a status is one that is wanted ("200") or of a class ("4xx").
func isStatus(status, wanted string) bool {
	return status == wanted || len(wanted) == 3 && strings.EqualFold(wanted[1:], "xx") && status[0] == wanted[0]
}
