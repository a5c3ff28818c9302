package endpoints

import (
	"slices"
	"strconv"
	"strings"

	"akita/internal/apimodel"
)

// Filter chooses endpoints. The values of a field are alternatives; an empty field matches every
// endpoint.
type Filter struct {
	Methods  []string // in any case
	Auth     []string // names of witness.AuthType, NoAuth for calls without credentials
	Statuses []string // "200" or "4xx"
	Hosts    []string // in any case
	Path     string   // contained in the path template, in any case
}

// matches reports whether an endpoint passes the filter.
func (f Filter) matches(e *Endpoint) bool {
	types := func() map[string]uint64 { return authTypes(e.Calls.Authentication()) }
	return oneOf(f.Methods, func(method string) bool { return strings.EqualFold(method, e.Method) }) &&
		oneOf(f.Hosts, func(host string) bool { return isCalledAt(e, host) }) &&
		oneOf(f.Auth, func(auth string) bool { return types()[auth] > 0 }) &&
		oneOf(f.Statuses, func(status string) bool { return answered(e.Calls, status) }) &&
		strings.Contains(strings.ToLower(e.Path), strings.ToLower(f.Path))
}

// isCalledAt reports whether an endpoint was called at a host, in any case.
func isCalledAt(e *Endpoint, host string) bool {
	return slices.ContainsFunc(e.Hosts(), func(at string) bool { return strings.EqualFold(at, host) })
}

// oneOf reports whether any of the alternatives matches; an empty list matches everything.
func oneOf(alternatives []string, matches func(string) bool) bool {
	return len(alternatives) == 0 || slices.ContainsFunc(alternatives, matches)
}

// answered reports whether an operation was answered with a status ("200") or a class ("4xx").
func answered(op *apimodel.Operation, wanted string) bool {
	for status := range op.Responses {
		if isStatus(status, wanted) {
			return true
		}
	}
	return false
}

// HasStatus reports whether a status is one of the alternatives, which are statuses ("200") or classes
// ("4xx"); an empty list matches everything.
func HasStatus(status int, alternatives []string) bool {
	return oneOf(alternatives, func(wanted string) bool { return isStatus(status, wanted) })
}

func isStatus(status int, wanted string) bool {
	text := strconv.Itoa(status)
	return text == wanted || len(wanted) == 3 && strings.EqualFold(wanted[1:], "xx") && text[0] == wanted[0]
}
