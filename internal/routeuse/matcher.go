package routeuse

import (
	"slices"
	"strings"

	"akita/internal/endpoints"
	"akita/internal/routelist"
)

// The methods that frameworks answer by themselves, and the one for which they do so.
const (
	get     = "GET"
	head    = "HEAD"
	options = "OPTIONS"
)

// matcher finds the routes of endpoints.
type matcher struct {
	routes   []routelist.Route
	byPath   map[string][]int // by template, without the names of parameters
	byView   map[string][]int
	bySize   map[int][]pattern // by number of segments
	withTail []pattern
}

// pattern is a template of a route by segments.
type pattern struct {
	route    int
	segments []string
}

// found are the routes of an endpoint.
type found struct {
	routes   []int
	possible []int // one of them is the route, if there are no routes
}

func newMatcher(routes []routelist.Route) *matcher {
	m := &matcher{
		routes: routes, byPath: make(map[string][]int), byView: make(map[string][]int), bySize: make(map[int][]pattern),
	}
	for i, r := range routes {
		if r.View != "" {
			m.byView[r.View] = append(m.byView[r.View], i)
		}
		if r.Opaque {
			continue
		}
		for _, path := range append([]string{r.Path}, r.Also...) {
			path = endpoints.Anonymous(path)
			m.byPath[path] = append(m.byPath[path], i)
			p := pattern{i, strings.Split(path, "/")}
			m.bySize[len(p.segments)] = append(m.bySize[len(p.segments)], p)
			if r.Tail {
				m.withTail = append(m.withTail, p)
			}
		}
	}
	return m
}

// find returns the routes of an endpoint. A path that is a route itself is compared as it is. One that
// was inferred may have words in the place of values, and may be that of an opaque route.
func (m *matcher) find(e *endpoints.Endpoint) found {
	exact := m.taking(e, m.byPath[endpoints.Anonymous(e.Path)])
	switch {
	case len(exact) > 0:
		return found{routes: m.ofView(e, exact)}
	case e.IsRoute():
		return found{}
	}
	if byView := m.viewed(e); len(byView) > 0 {
		if len(byView) == 1 {
			return found{routes: byView}
		}
		return found{possible: byView}
	}
	return found{routes: m.fitting(e)}
}

// taking returns the routes that take the method of an endpoint. Frameworks answer HEAD as GET.
func (m *matcher) taking(e *endpoints.Endpoint, routes []int) []int {
	for _, method := range []string{e.Method, get} {
		if method != e.Method && e.Method != head {
			break
		}
		var taking []int
		for _, i := range routes {
			if r := &m.routes[i]; r.Method == method || r.Method == routelist.AnyMethod {
				taking = append(taking, i)
			}
		}
		if len(taking) > 0 {
			return taking
		}
	}
	return nil
}

// ofView returns those of several routes that have a view of the endpoint; all of them if none has.
func (m *matcher) ofView(e *endpoints.Endpoint, routes []int) []int {
	if len(routes) == 1 || len(e.Calls.Views) == 0 {
		return routes
	}
	var same []int
	for _, i := range routes {
		if e.Calls.Views[m.routes[i].View] > 0 {
			same = append(same, i)
		}
	}
	if len(same) == 0 {
		return routes
	}
	return same
}

// viewed returns the routes that have a view of an endpoint and may have its path.
func (m *matcher) viewed(e *endpoints.Endpoint) []int {
	segments := segmentsOf(e)
	var viewed []int
	for view := range e.Calls.Views {
		for _, i := range m.taking(e, m.byView[view]) {
			if m.routes[i].Opaque || m.fits(i, segments) {
				viewed = append(viewed, i)
			}
		}
	}
	slices.Sort(viewed)
	return slices.Compact(viewed)
}

// fits reports whether a template of a route fits segments.
func (m *matcher) fits(route int, segments []string) bool {
	r := &m.routes[route]
	for _, path := range append([]string{r.Path}, r.Also...) {
		p := pattern{route, strings.Split(endpoints.Anonymous(path), "/")}
		if _, ok := p.fit(segments, r.Tail); ok {
			return true
		}
	}
	return false
}

// fitting returns the routes whose templates fit the path of an endpoint with the most words.
func (m *matcher) fitting(e *endpoints.Endpoint) (routes []int) {
	segments, best := segmentsOf(e), -1
	try := func(patterns []pattern, tail bool) {
		for _, p := range patterns {
			words, ok := p.fit(segments, tail)
			if !ok || words < best || len(m.taking(e, []int{p.route})) == 0 {
				continue
			}
			if words > best {
				routes, best = routes[:0], words
			}
			routes = append(routes, p.route)
		}
	}
	try(m.bySize[len(segments)], false)
	if len(routes) == 0 {
		try(m.withTail, true)
	}
	slices.Sort(routes)
	return slices.Compact(routes)
}

func segmentsOf(e *endpoints.Endpoint) []string {
	return strings.Split(endpoints.Anonymous(e.Path), "/")
}

// value is a whole segment that is a parameter.
const value = "{}"

// fit reports whether a template fits segments, and how many words both have in common. With tail, the
// last segment of the template stands for any number of segments.
func (p pattern) fit(segments []string, tail bool) (words int, ok bool) {
	n := len(p.segments)
	if tail && len(segments) >= n {
		segments = segments[:n]
	}
	if len(segments) != n {
		return 0, false
	}
	for i, want := range p.segments {
		switch {
		case want == segments[i]:
			words++
		case !stands(want, segments[i]):
			return 0, false
		}
	}
	return words, true
}

// stands reports whether a segment of a template with a parameter stands for another one.
func stands(template, segment string) bool {
	before, after, has := strings.Cut(template, value)
	if !has {
		return false
	}
	if last := strings.LastIndex(after, value); last >= 0 { // several parameters
		after = after[last+len(value):]
	}
	return len(segment) > len(before)+len(after) && strings.HasPrefix(segment, before) &&
		strings.HasSuffix(segment, after)
}
