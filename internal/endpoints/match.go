package endpoints

import (
	"slices"
	"strings"
	"sync"

	"akita/internal/apimodel"
	"akita/internal/format"
)

// Match returns the endpoint that the calls of a key belong to, nil for none. Calls that a browser made
// for itself are not told apart by their key.
func (s *Set) Match(key apimodel.OperationKey) *Endpoint {
	s.matcher.build.Do(func() {
		s.matcher.root = new(matchNode)
		for _, e := range s.endpoints {
			s.matcher.root.add(e)
		}
	})
	if key.IsRoute {
		for _, template := range []string{key.Path, key.Base} {
			m := match{method: key.Method, host: key.Host, exact: true}
			if e := m.below(s.matcher.root, segmentsOf(Anonymous(template))); template != "" && e != nil {
				return e
			}
		}
		return nil
	}
	if key.Path == "" {
		return nil
	}
	m := match{method: key.Method, host: key.Host}
	return m.below(s.matcher.root, segmentsOf(key.Path))
}

// ByID returns the endpoint with an id, nil for none.
func (s *Set) ByID(id string) *Endpoint {
	for _, e := range s.endpoints {
		if e.hasID(id) {
			return e
		}
	}
	return nil
}

// matcher finds the endpoints of keys.
type matcher struct {
	build sync.Once
	root  *matchNode
}

// matchNode is a place in the tree of all endpoints' paths. Values are "{}" in the keys of its children.
type matchNode struct {
	children map[string]*matchNode
	ends     map[string][]*Endpoint // by method: endpoints whose path ends here
	tail     bool                   // the last segment stands for any number of them
}

func segmentsOf(path string) []string { return strings.Split(strings.TrimPrefix(path, "/"), "/") }

func (n *matchNode) add(e *Endpoint) {
	at := n
	for _, segment := range segmentsOf(Anonymous(e.Path)) {
		at = child(&at.children, segment, func() *matchNode { return new(matchNode) })
	}
	if last := len(e.arguments) - 1; last >= 0 && e.arguments[last].tail {
		at.tail = true
	}
	if at.ends == nil {
		at.ends = make(map[string][]*Endpoint)
	}
	at.ends[e.Method] = append(at.ends[e.Method], e)
}

// match is a search for the endpoint of one key.
type match struct {
	method, host string
	exact        bool // words are no values
	steps        int
}

// maxMatchSteps bounds a search.
const maxMatchSteps = 2000

// below returns the endpoint of a path below n. Where several are possible, a word is itself before it
// is a value.
func (m *match) below(n *matchNode, path []string) *Endpoint {
	if m.steps++; n == nil || m.steps > maxMatchSteps {
		return nil
	}
	if len(path) == 0 {
		return m.end(n)
	}
	first, rest := path[0], path[1:]
	if e := m.below(n.children[first], rest); e != nil || m.exact {
		return e
	}
	if first == "" && len(rest) == 0 { // a slash at the end
		return m.ending(n)
	}
	for _, form := range sortedKeys(n.children) {
		if form != first && form != holder && stands(form, first) {
			if e := m.below(n.children[form], rest); e != nil {
				return e
			}
		}
	}
	if value := n.children[holder]; value != nil && first != "" && first != apimodel.CutPath {
		if e := m.below(value, rest); e != nil {
			return e
		}
	}
	for _, segment := range sortedKeys(n.children) {
		below := n.children[segment]
		if below.tail {
			if e := m.ending(below); e != nil {
				return e
			}
		}
	}
	if format.IsVersion(first) { // it may be optional
		if e := m.below(n, rest); e != nil {
			return e
		}
	}
	return nil
}

// holder is a segment that holds a value without code around it.
const holder = "{}"

// stands reports whether a form of a segment ("{}.csv") stands for a segment ("words.csv").
func stands(form, segment string) bool {
	before, after, isForm := strings.Cut(form, holder)
	return isForm && !strings.Contains(after, holder) && len(segment) > len(before)+len(after) &&
		strings.HasPrefix(segment, before) && strings.HasSuffix(segment, after)
}

// end returns the endpoint of a path that ends at n, with or without a slash.
func (m *match) end(n *matchNode) *Endpoint {
	if e := m.ending(n); e != nil || m.exact {
		return e
	}
	if slash := n.children[""]; slash != nil {
		return m.ending(slash)
	}
	return nil
}

// ending returns the endpoint whose path ends at n.
func (m *match) ending(n *matchNode) *Endpoint {
	found := n.ends[m.method]
	for _, e := range found {
		if e.Host == apimodel.AnyHost || slices.Contains(e.Hosts(), m.host) {
			return e
		}
	}
	if len(found) > 0 && (m.host == "" || m.host == apimodel.AnyHost) {
		return found[0]
	}
	return nil
}
