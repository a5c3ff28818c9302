// Package apimodel folds witnesses into an API model and renders it. A Model is a
// commutative monoid: the same witnesses in any order and any grouping give
// the same document, byte for byte. It does no I/O and knows no clock.
//
// The way of the data: Model.Add (model.go, node.go, operation.go) keeps what was
// seen; Model.Infer (infer.go, paths.go) decides what it means; API.Overview,
// API.Endpoint and API.OpenAPI (overview.go, detail.go, openapi.go, schema.go) say it.
package apimodel

import (
	"akita/internal/witness"
)

// Model is a fold of witnesses. It is not safe for concurrent use.
type Model struct {
	count   uint64
	noise   uint64                  // calls that the framework says matched no route
	routes  map[routeKey]*operation // calls whose route the framework knows
	roots   map[string]*node        // by host: calls whose path is all that is known
	schemes map[string]schemes      // by host
}

// routeKey names an operation whose path template is known.
type routeKey struct {
	host, method, template string
	base                   string // of a route with optional parts: template without them, where it differs
}

// New returns the empty model, the identity of Merge.
func New() *Model {
	return &Model{routes: make(map[routeKey]*operation), roots: make(map[string]*node), schemes: make(map[string]schemes)}
}

// Add folds one witness in; the model shares no memory with it afterwards.
func (m *Model) Add(w *witness.Witness) {
	m.count++
	if w.NoRoute {
		m.noise++
		return
	}
	m.addScheme(w.Host, schemeOf(w.Scheme))
	switch {
	case w.Template != "":
		m.route(routeKey{w.Host, w.Method, w.Template, w.BaseTemplate}).add(w)
	default:
		m.root(w.Host).add(w, w.Path)
	}
}

// Merge folds another model in; o stays as it is and shares nothing with m.
func (m *Model) Merge(o *Model) {
	m.count += o.count
	m.noise += o.noise
	for key, op := range o.routes {
		m.route(key).merge(op)
	}
	for host, root := range o.roots {
		m.root(host).merge(root)
	}
	for host, seen := range o.schemes {
		m.addScheme(host, seen)
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

func (m *Model) addScheme(host string, seen schemes) {
	if known, ok := m.schemes[host]; !ok || known|seen != known {
		m.schemes[cloned(host)] = known | seen
	}
}

func (m *Model) route(key routeKey) *operation { return get(m.routes, key, newOperation) }
func (m *Model) root(host string) *node        { return get(m.roots, host, newNode) }

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
	c := New()
	c.Merge(m)
	return c
}
