// Package apimodel folds witnesses into an API model and renders it. A Model is a
// commutative monoid: the same witnesses in any order and any grouping give
// the same document, byte for byte. It does no I/O and knows no clock.
//
// The way of the data: Model.Add (model.go, routes.go, tree.go, node.go, operation.go)
// keeps what was seen; Model.Infer (infer.go, paths.go) decides what it means; API.Overview,
// API.Endpoint and API.OpenAPI (overview.go, detail.go, openapi.go, schema.go) say it.
package apimodel

import "akita/internal/witness"

// Model is a fold of witnesses. It is not safe for concurrent use.
type Model struct {
	count     uint64
	noise     uint64             // calls that the framework says matched no route, and preflights
	routes    routes             // calls whose route the framework knows
	trees     [proofs]*tree      // calls whose path is all that is known
	schemes   map[string]schemes // by host, of calls that prove that there is one
	manyHosts bool               // there were too many of them: they are not told apart
	limits    limits
}

// limits bound a model. What is over them is folded away in a way that does not depend on the
// order of witnesses, and is counted (Folded). Only models within the same limits merge.
type limits struct {
	hosts  int // that are told apart
	routes int // methods of path templates that the framework names; calls of others are only counted
	// nodes are the places in paths that are told apart, by what the calls there prove.
	nodes [proofs]int
	// words are how many words may stand beside one another in a path; where there are more,
	// they become values of a parameter. If the tree is over its nodes all the same,
	// the next of them counts. The last is 0.
	words []int
}

// defaultLimits are far above what an API has. A place takes about 2 kB.
var defaultLimits = limits{hosts: 100, routes: 5000, nodes: [proofs]int{20_000, 5000, 5000, 2000}, words: []int{1000, 300, 100, 30, 10, 3, 0}}

// New returns the empty model, the identity of Merge.
func New() *Model { return newWithin(defaultLimits) }

func newWithin(l limits) *Model {
	m := &Model{routes: newRoutes(l.routes), schemes: make(map[string]schemes), limits: l}
	for p := range m.trees {
		m.trees[p] = &tree{root: newNode(), nodes: l.nodes[p], steps: l.words}
	}
	return m
}

// Add folds one witness in; the model shares no memory with it afterwards.
func (m *Model) Add(w *witness.Witness) {
	m.count++
	switch {
	case w.NoRoute, w.IsPreflight():
		m.noise++
	case w.Template != "":
		host := m.addScheme(w.Host, schemeOf(w.Scheme))
		m.routes.add(routeKey{w.Method, w.Template, w.BaseTemplate}, host, w)
	default:
		p := proofOf(w)
		if p == served {
			m.addScheme(w.Host, schemeOf(w.Scheme))
		}
		m.trees[p].add(w)
	}
}

// Merge folds another model in; o stays as it is and shares nothing with m.
func (m *Model) Merge(o *Model) {
	m.count += o.count
	m.noise += o.noise
	for _, host := range sortedKeys(o.schemes) {
		m.addScheme(host, o.schemes[host])
	}
	m.routes.merge(&o.routes, m.manyHosts)
	for e, t := range o.trees {
		m.trees[e].merge(t)
	}
}

// schemes is the set of URL schemes by which a host was called.
type schemes uint8

const (
	overHTTP schemes = 1 << iota
	overHTTPS
)

func schemeOf(name string) schemes {
	switch name {
	case "http":
		return overHTTP
	case "https":
		return overHTTPS
	}
	return 0
}

// anyHost stands for hosts that are not told apart.
const anyHost = "*"

// addScheme notes by which scheme a host was called, and returns the host as it is told
// apart from others.
func (m *Model) addScheme(host string, seen schemes) string {
	if _, known := m.schemes[host]; !known && len(m.schemes) >= m.limits.hosts || host == anyHost {
		m.forgetHosts()
	}
	if m.manyHosts {
		host = anyHost
	}
	if known, ok := m.schemes[host]; !ok || known|seen != known {
		m.schemes[cloned(host)] = known | seen
	}
	return host
}

// forgetHosts makes all hosts one.
func (m *Model) forgetHosts() {
	if m.manyHosts {
		return
	}
	m.manyHosts = true
	var all schemes
	for _, seen := range m.schemes {
		all |= seen
	}
	m.schemes = map[string]schemes{anyHost: all}
	m.routes.forgetHosts()
}

// get returns a map's value, made by create where there is none. A new key's strings are
// cloned by callers' key types where they may share memory with input: map keys of
// witnesses live as long as the model.
func get[K comparable, V any](of map[K]V, key K, create func() V) V {
	if v, ok := of[key]; ok {
		return v
	}
	v := create()
	of[cloned(key)] = v
	return v
}

// Witnesses returns how many witnesses have been folded in.
func (m *Model) Witnesses() uint64 { return m.count }

// Clone returns a model that shares nothing with m.
func (m *Model) Clone() *Model {
	c := newWithin(m.limits)
	c.Merge(m)
	return c
}
