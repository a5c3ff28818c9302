// Package endpoints decides what a model means: which words of paths are values of a parameter,
// what each parameter is called, and so which endpoints an API has. It describes them for the REST
// API; package openapi writes them as a document. It does no I/O and does not read the clock.
//
// Infer (infer.go) finds which hosts are one API (api.go, agree.go), reads what the model saw of each
// API into a draft tree (place.go), sketches what it shows (sketch.go), lets package judgement decide
// which words are values, applies that to the draft (apply.go, paths.go, compare.go, codes.go), adds
// what a browser fetched of it (browser.go), names the parameters (naming.go), and returns the Set of
// endpoints.
package endpoints

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"sync"

	"akita/internal/apimodel"
)

// Set holds the endpoints of an API that were inferred from a model. It is safe for concurrent use.
type Set struct {
	witnesses uint64
	unmatched uint64
	browser   uint64
	withheld  uint64
	truncated apimodel.Truncated
	schemes   map[string]apimodel.Schemes
	hosts     []Host
	endpoints []*Endpoint // by path, then method, then host
	slugs     slugs
	matcher   matcher
}

// Witnesses returns how many calls the model sums up.
func (s *Set) Witnesses() uint64 { return s.witnesses }

// Unmatched returns how many calls have no endpoint, because no operation has their path.
func (s *Set) Unmatched() uint64 { return s.unmatched }

// Browser returns how many calls a browser made for itself, with its preflights. They have no endpoint.
func (s *Set) Browser() uint64 { return s.browser }

// Withheld returns how many calls have no endpoint yet, because the daemon withheld a word of their
// path, which may be a name of the API or a value.
func (s *Set) Withheld() uint64 { return s.withheld }

// Truncated counts the calls that exceeded the limits of the model.
func (s *Set) Truncated() apimodel.Truncated { return s.truncated }

// Unread counts the bodies of all endpoints that were not read, by reason; nil for none.
func (s *Set) Unread() map[string]uint64 {
	var sum map[string]uint64
	for _, e := range s.endpoints {
		for reason, n := range e.line().unread {
			if sum == nil {
				sum = make(map[string]uint64)
			}
			sum[reason] += n
		}
	}
	return sum
}

// Schemes returns the URL schemes by which a host was called.
func (s *Set) Schemes(host string) apimodel.Schemes { return s.schemes[host] }

// Hosts lists the hosts that were called, by API and then by calls, most first.
func (s *Set) Hosts() []Host { return slices.Clone(s.hosts) }

// IsSlug reports whether a word was only ever a value of a path parameter.
func (s *Set) IsSlug(word string) bool { return s.slugs.has(word) }

// Matching yields the endpoints that match a filter, by path, then method, then host.
func (s *Set) Matching(f Filter) iter.Seq[*Endpoint] {
	return func(yield func(*Endpoint) bool) {
		matches := f.matcher()
		for _, e := range s.endpoints {
			if matches(e) && !yield(e) {
				return
			}
		}
	}
}

// Infer decides which endpoints a model shows. The result shares memory with the model: do not change
// the model as long as the result is used.
func Infer(m *apimodel.Model) *Set { return NewMemo().Infer(m) }

// Infer is like the function Infer, and uses what the inferences before it have found out.
func (m *Memo) Infer(of *apimodel.Model) *Set {
	m.begin()
	defer m.end()
	s := &Set{
		witnesses: of.Witnesses(),
		unmatched: of.Unmatched(),
		browser:   of.Preflights(),
		truncated: of.Truncated(),
		schemes:   of.Hosts(),
		slugs:     newSlugs(),
	}
	found := newFinds(of.CountRoutes())
	only := onlyHost(s.schemes)
	found.addRoutes(m, of, only)
	apis := apisOf(m, of, only, found)
	fetched := treesOf(m, of.Fetched(), only)
	left := make(map[string]uint64) // calls of a browser's own by host
	for _, a := range apis {
		a.draft.adopt(fetched, left, found.isLive(a.hosts))
		found.addPaths(a.draft)
		s.unmatched += a.draft.pages
		s.slugs.addAll(a.draft.slugs)
	}
	apiOf, accepted := byHost(apis), sync.OnceValue(found.accepted)
	for _, key := range found.order {
		for _, e := range joinHosts(found.byKey[key], apiOf, accepted) {
			s.add(e)
		}
	}
	for _, e := range s.endpoints {
		e.list()
	}
	habits := newHabits(s.endpoints)
	for _, e := range s.endpoints {
		e.habits = habits
	}
	s.countHosts(left)
	slices.SortFunc(s.endpoints, func(x, y *Endpoint) int {
		return cmp.Or(strings.Compare(x.Path, y.Path), strings.Compare(x.Method, y.Method), strings.Compare(x.Host, y.Host))
	})
	return s
}

// add adds an endpoint, if there is such an operation.
func (s *Set) add(e *Endpoint) {
	switch {
	case isUnmatched(e.Calls, e.known):
		s.unmatched += e.Calls.Calls()
	case e.withheld:
		s.withheld += e.Calls.Calls()
	default:
		s.endpoints = append(s.endpoints, e)
		s.slugs.addArguments(e.arguments)
	}
}

// countHosts counts endpoints and calls by host; left are the calls of a browser's own.
func (s *Set) countHosts(left map[string]uint64) {
	of := make(map[string]*Host)
	for _, e := range s.endpoints {
		for host, calls := range e.hostCalls {
			at := of[host]
			if at == nil {
				at = &Host{Name: host, API: e.api.order}
				of[host] = at
			}
			at.Requests += calls
			at.Endpoints++
		}
	}
	for host, calls := range left {
		if calls == 0 {
			continue
		}
		s.browser += calls
		child(&of, host, func() *Host { return &Host{Name: host} }).Browser = calls
	}
	for _, host := range of {
		s.hosts = append(s.hosts, *host)
	}
	slices.SortFunc(s.hosts, Host.compare)
}

// finds are the endpoints found so far, by method and path template without the names of its
// parameters. The endpoints of each have different hosts.
type finds struct {
	byKey  map[find][]*Endpoint
	order  []find     // in which they were found
	routes *matchNode // the cache of knownRoutes
}

type find struct{ method, template string }

// newFinds returns finds with room for so many.
func newFinds(n int) *finds {
	return &finds{byKey: make(map[find][]*Endpoint, n), order: make([]find, 0, n)}
}

// all yields the endpoints.
func (f *finds) all(yield func(find, *Endpoint) bool) {
	for _, key := range f.order {
		for _, e := range f.byKey[key] {
			if !yield(key, e) {
				return
			}
		}
	}
}

// add adds an endpoint. If the route was known only for some of its calls, it was also found under
// other parameter names. In OpenAPI both are one operation, so add merges them.
func (f *finds) add(e *Endpoint) {
	f.addAt(find{e.Method, Anonymous(e.Path)}, e)
}

// addAt is like add for an endpoint whose path without the names of parameters is known.
func (f *finds) addAt(key find, e *Endpoint) {
	same, known := f.byKey[key]
	if !known {
		f.order = append(f.order, key)
	}
	i := slices.IndexFunc(same, func(there *Endpoint) bool { return there.Host == e.Host })
	if i < 0 {
		f.byKey[key] = append(same, e)
		return
	}
	there := same[i]
	there.setCalls(e.facts.memo.sum([]*facts{there.facts, e.facts}))
	there.withheld = there.withheld && e.withheld
	there.arguments = slices.Clone(there.arguments)
	for i := range there.arguments {
		there.arguments[i] = there.arguments[i].joined(e.arguments[i])
	}
}

// onlyHost returns the host of a model that knows only one, else "".
func onlyHost(hosts map[string]apimodel.Schemes) (only string) {
	for host := range hosts {
		if host != "" && only != "" {
			return ""
		}
		only = cmp.Or(only, host)
	}
	return only
}

// addRoutes adds the endpoints whose path the framework names. Calls to an unknown host count as calls
// to the only one, because a daemon withholds a host until it has occurred often enough.
func (f *finds) addRoutes(memo *Memo, m *apimodel.Model, only string) {
	whole := make(map[find]bool) // routes that were called without their optional parts
	routes := slices.AppendSeq(make([]apimodel.Route, 0, m.CountRoutes()), m.Routes())
	for _, r := range routes {
		if r.Base == "" {
			whole[find{r.Method, r.Template}] = true
		}
	}
	for _, r := range routes {
		path := r.Template
		if whole[find{r.Method, r.Base}] {
			path = r.Base // the same route was called without its optional parts too: it is one operation
		}
		seen := memo.of(r.Operation)
		of := seen.ofRoute(path)
		f.addAt(find{r.Method, of.anonymous}, &Endpoint{
			Host: cmp.Or(r.Host, only), Method: r.Method, Path: path, Calls: r.Operation, facts: seen,
			arguments: of.arguments, known: true,
		})
	}
}

// addPaths adds the endpoints of calls whose route is unknown. The known routes have to be there.
func (f *finds) addPaths(d *draft) {
	d.root.collect(nil, func(segments []segment, at *place) {
		path, params := writePath(segments, at)
		withheld := hasWithheld(segments)
		for method, op := range at.ops {
			for host, calls := range op.hosts(d.hosts[0]) {
				seen := calls.sum()
				e := &Endpoint{
					Host: host, Method: method, Path: path, Calls: seen.Operation, facts: seen,
					arguments: pathArguments(params, seen.Operation), withheld: withheld,
				}
				f.add(cmp.Or(f.ofRoute(e), e))
			}
		}
	})
}

// isLive reports whether any operation of some hosts exists.
func (f *finds) isLive(hosts []string) bool {
	for _, e := range f.all {
		if slices.Contains(hosts, e.Host) && !isUnmatched(e.Calls, e.known) {
			return true
		}
	}
	return false
}

// isUnmatched reports whether every response was "not found" or "not allowed", so that the operation
// does not exist. If the framework knows the route, a 404 means that the requested object does not
// exist. Otherwise such paths are guesses of a scanner.
func isUnmatched(op *apimodel.Operation, known bool) bool {
	for status := range op.Responses {
		if !apimodel.IsMissing(status) || known && status == 404 {
			return false
		}
	}
	return true
}
