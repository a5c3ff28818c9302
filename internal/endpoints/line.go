package endpoints

import (
	"strconv"
	"sync"

	"akita/internal/apimodel"
	"akita/internal/names"
)

// line is what lists, filters and sums over all endpoints need of an operation, so that they need not
// read what was seen of it. It is only read.
type line struct {
	requests, errors uint64
	statuses         map[string]uint64
	types            map[string]uint64 // calls by type of authentication
	auth             []string          // the types, most frequent first
	latency          apimodel.LatencyPercentiles
	unread           map[string]uint64 // bodies that were not read, by reason
	alone            []string          // credentials that were accepted without a cookie, by their key
	headers          []clientHeader    // that may be those of a client library
	words            func() words      // what a search finds it by
}

// clientHeader is a header that describes a client.
type clientHeader struct {
	name, family string
	calls        uint64
}

// line returns the line of the operation.
func (f *facts) line() *line {
	if f.listed == nil {
		f.listed = newLine(f.Operation)
	}
	return f.listed
}

func newLine(op *apimodel.Operation) *line {
	l := &line{
		requests: op.Calls(),
		statuses: make(map[string]uint64),
		types:    authTypes(op.Authentication()),
		latency:  op.Latencies().Percentiles(),
		words:    sync.OnceValue(func() words { return wordsOf(op) }),
	}
	l.auth = byFrequency(l.types)
	for status, r := range op.Responses {
		if status != noStatus {
			l.statuses[strconv.Itoa(status)] += r.Count
		}
		if status >= 400 {
			l.errors += r.Count
		}
	}
	l.addUnread(op)
	l.addHabits(op)
	return l
}

func (l *line) addUnread(op *apimodel.Operation) {
	add := func(bodies map[string]*apimodel.Body) {
		for _, b := range bodies {
			for reason, n := range b.ByReason() {
				if l.unread == nil {
					l.unread = make(map[string]uint64)
				}
				l.unread[reason] += n
			}
		}
	}
	for _, r := range op.AllRequests() {
		add(r.Bodies)
	}
	for _, r := range op.Responses {
		add(r.Bodies)
	}
}

func (l *line) addHabits(op *apimodel.Operation) {
	for key := range op.Auth {
		if auths := apimodel.Credentials(key); len(withoutCookies(auths)) == len(auths) {
			l.alone = append(l.alone, nameOf(auths))
		}
	}
	for name, p := range op.Request().Headers.ByName {
		if family := names.ClientFamily(name); family != "" {
			l.headers = append(l.headers, clientHeader{name, family, p.Count})
		}
	}
}

// answered reports whether an operation was answered with a status ("200") or a class ("4xx").
func (l *line) answered(wanted string) bool {
	for status := range l.statuses {
		if isStatus(status, wanted) {
			return true
		}
	}
	return false
}

// line returns the line of the endpoint's calls, at any time.
func (e *Endpoint) line() *line {
	if e.facts != nil && e.facts.listed != nil {
		return e.facts.listed
	}
	return newLine(e.Calls)
}

// list makes what lists need of the endpoint, during an inference. ID and hosts do not change
// afterwards.
func (e *Endpoint) list() {
	of := e.facts.line()
	if row := e.facts.row; row != nil && row.Method == e.Method && row.Path == e.Path && row.Host == e.Host &&
		e.isAt(row.Hosts) {
		e.row = row
		return
	}
	e.row = newRow(e.summaryOf(of))
	e.facts.row = e.row
}
