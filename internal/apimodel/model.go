// Package apimodel sums up witnesses: it holds what was seen of an API, without conclusions. A Model
// is a commutative monoid: the same witnesses in any order and any grouping give the same model,
// byte for byte, within fixed bounds (docs/adr/0007-model-as-monoid.md and
// 0010-bounds-of-a-model.md). Package endpoints decides what a model means. This package does no
// I/O and does not read the clock.
package apimodel

import (
	"iter"
	"maps"
	"slices"

	"akita/internal/witness"
)

// Model is a sum of witnesses. It is not safe for concurrent use.
type Model struct {
	count     uint64
	unmatched uint64             // calls that the framework says matched no route
	asked     uint64             // preflights: with them a browser asked whether another call is allowed
	routes    routes             // calls whose route the framework knows
	trees     map[treeKey]*tree  // calls whose route is unknown
	sums      [proofs]*tree      // the cache of whole
	schemes   map[string]Schemes // by host, of the calls that prove that it exists
	manyHosts bool               // there were too many hosts: all are AnyHost
	limits    limits
}

// limits bound a model. What exceeds them is summed up in a way that does not depend on the order
// of witnesses, and is counted (Truncated). Only models within the same limits merge.
type limits struct {
	hosts  int // hosts that are kept apart
	routes int // methods of path templates that the framework names; other calls are only counted
	// nodes bounds the places in paths that are kept apart, by what the calls there prove.
	nodes [proofs]int
	// groupNodes bounds the same in one group of paths.
	groupNodes [proofs]int
	// words bounds the sibling words in a path; more than that become values of a parameter. The
	// first bound applies. While the tree has more than its nodes, the next one does. The last is 0.
	words []int
}

// defaultLimits are far above what an API has. A place takes about 2 kB.
var defaultLimits = limits{
	hosts:  100,
	routes: 5000,
	nodes:  [proofs]int{20_000, 5000, 5000, 2000, 2000},
	// An API whose paths fall into the groups evenly reaches the bounds above first.
	groupNodes: [proofs]int{2500, 600, 600, 2000, 2000},
	words:      []int{1000, 300, 100, 30, 10, 3, 0},
}

// New returns the empty model, the identity of Merge.
func New() *Model { return newWithin(defaultLimits) }

func newWithin(l limits) *Model {
	return &Model{
		routes: newRoutes(l.routes), trees: make(map[treeKey]*tree), schemes: make(map[string]Schemes), limits: l,
	}
}

// tree returns the tree of a group of paths, to change it.
func (m *Model) tree(key treeKey) *tree {
	m.sums[key.proof] = nil
	t := m.trees[key]
	if t == nil {
		t = &tree{root: newNode(), nodes: m.limits.groupNodes[key.proof], steps: m.limits.words}
		m.trees[key] = t
	}
	return t
}

// Add adds one witness. The model shares no memory with it afterwards.
func (m *Model) Add(w *witness.Witness) {
	m.count++
	switch kindOf(w) {
	case counted:
		if w.IsPreflight() {
			m.asked++
		} else {
			m.unmatched++
		}
	case routed:
		host := m.addScheme(hostOf(w), schemeOf(w.Scheme))
		m.routes.add(routeKey{w.Method, w.Template, w.BaseTemplate}, host, w)
	case pathed:
		key := treeKeyOf(w)
		if key.proof == served {
			m.addScheme(hostOf(w), schemeOf(w.Scheme))
		}
		m.tree(key).add(w)
	}
}

// Merge adds another model. It does not change o, and the models share nothing afterwards.
func (m *Model) Merge(o *Model) {
	m.count += o.count
	m.unmatched += o.unmatched
	m.asked += o.asked
	for _, host := range sortedKeys(o.schemes) {
		m.addScheme(host, o.schemes[host])
	}
	m.routes.merge(&o.routes, m.manyHosts)
	for key, t := range o.trees {
		m.tree(key).merge(t)
	}
}

// Clone returns a model that shares nothing with m.
func (m *Model) Clone() *Model {
	c := newWithin(m.limits)
	c.Merge(m)
	return c
}

// Witnesses returns how many witnesses were added.
func (m *Model) Witnesses() uint64 { return m.count }

// Unmatched returns how many of them matched no route of the application.
func (m *Model) Unmatched() uint64 { return m.unmatched }

// Preflights returns how many of them were preflights.
func (m *Model) Preflights() uint64 { return m.asked }

// Hosts returns the URL schemes by which each host was called.
func (m *Model) Hosts() map[string]Schemes { return maps.Clone(m.schemes) }

// Routes yields, in order, the operations whose path template the framework knows.
func (m *Model) Routes() iter.Seq[Route] {
	return func(yield func(Route) bool) {
		for _, key := range m.routes.sorted() {
			of := m.routes.byKey[key].byHost
			for _, host := range sortedKeys(of) {
				r := Route{Host: host, Method: key.method, Template: key.template, Base: key.base, Operation: of[host]}
				if !yield(r) {
					return
				}
			}
		}
	}
}

// CountRoutes returns how many path templates and methods Routes yields, of all hosts together.
func (m *Model) CountRoutes() int { return len(m.routes.byKey) }

// Paths yields the trees of the calls whose route is not known, each with its host. A host
// has up to one tree for each degree to which calls prove that their path exists.
func (m *Model) Paths() iter.Seq2[string, *Node] { return m.treesOf(served, fetched) }

// Fetched yields the trees of the calls that a browser made for itself, each with its host.
func (m *Model) Fetched() iter.Seq2[string, *Node] { return m.treesOf(fetched, proofs) }

// treesOf yields the trees of the degrees of proof from first up to, but not including, end.
func (m *Model) treesOf(first, end proof) iter.Seq2[string, *Node] {
	return func(yield func(string, *Node) bool) {
		for p := first; p < end; p++ {
			hosts := m.whole(p).hosts()
			for _, host := range slices.Sorted(maps.Keys(hosts)) {
				root := hosts[host]
				if m.manyHosts {
					host = AnyHost
				}
				if !yield(host, root) {
					return
				}
			}
		}
	}
}

// whole returns the sum of all groups of paths of a degree of proof. Do not change it.
func (m *Model) whole(p proof) *tree {
	if m.sums[p] == nil {
		m.sums[p] = m.sumOfGroups(p)
	}
	return m.sums[p]
}

func (m *Model) sumOfGroups(p proof) *tree {
	groups := m.groupsOf(p)
	if len(groups) == 1 {
		return groups[0]
	}
	if len(groups) > 1 {
		if sum := shared(groups, m.limits.nodes[p]); sum != nil {
			return sum
		}
	}
	return m.copied(groups, p)
}

// groupsOf returns the groups of paths of a degree of proof.
func (m *Model) groupsOf(p proof) (groups []*tree) {
	for key, t := range m.trees {
		if key.proof == p {
			groups = append(groups, t)
		}
	}
	return groups
}

// copied returns the sum of groups as a copy.
func (m *Model) copied(groups []*tree, p proof) *tree {
	sum := &tree{root: newNode(), nodes: m.limits.nodes[p], steps: m.limits.words}
	for _, t := range groups {
		sum.merge(t)
	}
	return sum
}
