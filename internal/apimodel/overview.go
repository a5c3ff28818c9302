package apimodel

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"akita/internal/witness"
)

// noAuth is the name of calls without credentials, beside the names of AuthType.
const noAuth = "none"

// Overview lists the endpoints that the filter lets through, and counts for each filter
// value how many of all endpoints it would leave.
func (a *API) Overview(f Filter) Overview {
	o := Overview{
		Witnesses: a.witnesses,
		Unmatched: a.unmatched,
		Folded:    a.folded,
		Endpoints: []Endpoint{},
		Facets:    Facets{Methods: map[string]int{}, Auth: map[string]int{}, Statuses: map[string]int{}, Hosts: map[string]int{}},
	}
	for _, e := range a.endpoints {
		o.Facets.Methods[e.method]++
		o.Facets.Hosts[e.host]++
		for auth := range e.op.authCounts() {
			o.Facets.Auth[auth]++
		}
		for status := range e.op.Responses {
			if status != 0 {
				o.Facets.Statuses[strconv.Itoa(status)]++
			}
		}
		if f.lets(e) {
			o.Endpoints = append(o.Endpoints, e.summary())
		}
	}
	return o
}

// lets reports whether the filter lets an endpoint through.
func (f Filter) lets(e *endpoint) bool {
	return oneOf(f.Methods, func(want string) bool { return strings.EqualFold(want, e.method) }) &&
		oneOf(f.Hosts, func(want string) bool { return strings.EqualFold(want, e.host) }) &&
		oneOf(f.Auth, func(want string) bool { return e.op.authCounts()[want] > 0 }) &&
		oneOf(f.Statuses, e.op.hasAnswered) &&
		strings.Contains(strings.ToLower(e.path), strings.ToLower(f.Path))
}

// oneOf reports whether any of the wanted values matches; no value wants nothing.
func oneOf(wanted []string, matches func(string) bool) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, matches)
}

// hasAnswered reports whether the operation answered a code ("200") or a class ("4xx").
func (op *operation) hasAnswered(want string) bool {
	for status := range op.Responses {
		text := strconv.Itoa(status)
		if text == want || len(want) == 3 && strings.EqualFold(want[1:], "xx") && text[0] == want[0] {
			return true
		}
	}
	return false
}

func (e *endpoint) summary() Endpoint {
	s := Endpoint{
		ID: e.id(), Method: e.method, Host: e.host, Path: e.path,
		Requests:  e.op.calls(),
		Statuses:  make(map[string]uint64),
		Auth:      e.op.authTypes(),
		LatencyMs: e.op.latency().percentiles(),
		FirstSeen: e.op.First,
		LastSeen:  e.op.Last,
	}
	for status, r := range e.op.Responses {
		if status != 0 {
			s.Statuses[strconv.Itoa(status)] += r.Count
		}
		if status >= 400 {
			s.Errors += r.Count
		}
	}
	if s.Requests > 0 {
		s.ErrorRate = float64(s.Errors) / float64(s.Requests)
	}
	return s
}

// latency sums up the latencies of all answers.
func (op *operation) latency() *latency {
	sum := newLatency()
	for _, r := range op.Responses {
		sum.merge(r.Latency)
	}
	return sum
}

// authCounts counts calls by type of authentication; a call with two credentials
// counts for both.
func (op *operation) authCounts() map[string]uint64 { return countAuth(op.auth()) }

// allAuthCounts is authCounts of all calls, also of those that were rejected.
func (op *operation) allAuthCounts() map[string]uint64 {
	all := make(map[string]uint64)
	mergeCounts(all, op.Auth, 2*maxAuths)
	mergeCounts(all, op.AuthBad, 2*maxAuths)
	return countAuth(all)
}

func countAuth(auths map[string]uint64) map[string]uint64 {
	counts := make(map[string]uint64)
	for key, n := range auths {
		if key == "" {
			counts[noAuth] += n
		}
		seen := make(map[witness.AuthType]bool)
		for _, a := range parseAuthKey(key) {
			if !seen[a.Type] {
				seen[a.Type] = true
				counts[string(a.Type)] += n
			}
		}
	}
	return counts
}

// authTypes are the types of authentication seen, most frequent first.
func (op *operation) authTypes() []string {
	counts := op.authCounts()
	delete(counts, noAuth)
	types := sortedKeys(counts)
	slices.SortStableFunc(types, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	if types == nil {
		types = []string{}
	}
	return types
}
