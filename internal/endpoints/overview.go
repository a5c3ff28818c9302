package endpoints

import "strconv"

// Overview lists the endpoints that match a filter, and counts all endpoints by filter value.
func (s *Set) Overview(f Filter) Overview {
	o := Overview{
		Witnesses: s.witnesses,
		Unmatched: s.unmatched,
		Truncated: s.truncated,
		Unread:    s.Unread(),
		Endpoints: []Summary{},
		Facets: Facets{
			Methods: map[string]int{}, Auth: map[string]int{}, Statuses: map[string]int{}, Hosts: map[string]int{},
		},
	}
	for _, e := range s.endpoints {
		o.Facets.Methods[e.Method]++
		o.Facets.Hosts[e.Host]++
		for auth := range authTypes(e.Calls.Authentication()) {
			o.Facets.Auth[auth]++
		}
		for status := range e.Calls.Responses {
			if status != noStatus {
				o.Facets.Statuses[strconv.Itoa(status)]++
			}
		}
		if f.matches(e) {
			o.Endpoints = append(o.Endpoints, e.Summary())
		}
	}
	return o
}

// noStatus is the status of calls that were not answered.
const noStatus = 0

// Summary describes the endpoint in a line.
func (e *Endpoint) Summary() Summary {
	s := Summary{
		ID: e.ID(), Method: e.Method, Host: e.Host, Path: e.Path,
		Requests:  e.Calls.Calls(),
		Statuses:  make(map[string]uint64),
		Auth:      byFrequency(authTypes(e.Calls.Authentication())),
		LatencyMs: e.Calls.Latencies().Percentiles(),
		FirstSeen: e.Calls.First,
		LastSeen:  e.Calls.Last,
	}
	for status, r := range e.Calls.Responses {
		if status != noStatus {
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
