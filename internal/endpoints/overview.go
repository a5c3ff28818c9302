package endpoints

// Overview lists the endpoints that match a filter, and counts all endpoints by filter value.
func (s *Set) Overview(f Filter) Overview {
	o := Overview{
		Witnesses: s.witnesses,
		Unmatched: s.unmatched,
		Browser:   s.browser,
		Withheld:  s.withheld,
		Truncated: s.truncated,
		Unread:    s.Unread(),
		Endpoints: []*Row{},
		Hosts:     append([]Host{}, s.hosts...),
		Facets: Facets{
			Methods: map[string]int{}, Auth: map[string]int{}, Statuses: map[string]int{}, Hosts: map[string]int{},
		},
	}
	matches := f.matcher()
	for _, e := range s.endpoints {
		o.Facets.Methods[e.Method]++
		for host := range e.hostCalls {
			o.Facets.Hosts[host]++
		}
		of := e.line()
		for auth := range of.types {
			o.Facets.Auth[auth]++
		}
		for status := range of.statuses {
			o.Facets.Statuses[status]++
		}
		if matches(e) {
			o.Endpoints = append(o.Endpoints, e.rowOf())
		}
	}
	return o
}

// noStatus is the status of calls that were not answered.
const noStatus = 0

// Summary describes the endpoint in a line.
func (e *Endpoint) Summary() Summary {
	if e.row != nil {
		return e.row.Summary
	}
	return e.summaryOf(e.line())
}

// rowOf returns the summary as a row of a list.
func (e *Endpoint) rowOf() *Row {
	if e.row != nil {
		return e.row
	}
	return newRow(e.Summary())
}

func (e *Endpoint) summaryOf(of *line) Summary {
	s := Summary{
		ID: e.ID(), Method: e.Method, Host: e.Host, Hosts: e.Hosts(), Path: e.Path,
		Requests:  of.requests,
		Errors:    of.errors,
		Statuses:  of.statuses,
		Auth:      of.auth,
		LatencyMs: of.latency,
		FirstSeen: e.Calls.First,
		LastSeen:  e.Calls.Last,
	}
	if s.Requests > 0 {
		s.ErrorRate = float64(s.Errors) / float64(s.Requests)
	}
	return s
}
