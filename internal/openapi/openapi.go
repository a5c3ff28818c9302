// Package openapi writes the endpoints of an API as an OpenAPI 3.1 document:
// https://spec.openapis.org/oas/v3.1.1. It does no I/O.
package openapi

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"akita/internal/endpoints"
	"akita/internal/jsonschema"
)

// Options are the settings of a document.
type Options struct {
	Title  string           // info.title; "" is "API"
	Filter endpoints.Filter // which endpoints
	Plain  bool             // without x-akita-* extensions
}

// Document is an OpenAPI document with its members in a fixed order. Each write makes it again from
// the endpoints, one path after another, so that the whole text is never in memory.
type Document struct {
	set        *endpoints.Set
	options    Options
	byPath     map[string]methods
	servers    servers
	components *jsonschema.Components
}

// object is a JSON object of a document.
type object = jsonschema.Object

// members yields the members of an object that is made while it is written.
type members = iter.Seq2[string, any]

// New returns the document of a set of endpoints. Endpoints of different APIs with the same method and
// path are one operation if they answer alike, with all their hosts as servers. If not, the document
// has that of the API with more accepted calls, and counts the calls of the others.
func New(set *endpoints.Set, o Options) *Document {
	d := &Document{set: set, options: o, components: jsonschema.NewComponents()}
	d.byPath = operations(set, o.Filter)
	d.servers = newServers(set, o.Filter.Hosts, d.byPath)
	w := d.writer(d.components)
	w.config.Plain = true
	for _, path := range sortedKeys(d.byPath) {
		d.components.Count(w.item(path, d.byPath[path]))
	}
	return d
}

func (d *Document) writer(c *jsonschema.Components) *writer {
	return &writer{
		config:  jsonschema.Config{Plain: d.options.Plain, Components: c, IsSlug: d.set.IsSlug},
		schemes: make(map[string]object),
		ids:     make(map[string]bool),
		servers: d.servers,
	}
}

// root yields the members of the document. The components come after the paths that refer to them.
func (d *Document) root() members {
	return func(yield func(string, any) bool) {
		shared := d.components.Shared()
		w := d.writer(shared.Components)
		title := d.options.Title
		if title == "" {
			title = "API"
		}
		head := object{}.
			With("openapi", "3.1.0").
			With("info", object{}.
				With("title", title).
				With("version", "1.0.0").
				With("description", "Inferred by Akita from the API's own traffic.")).
			With("servers", d.servers.write(d.servers.usual)).
			With("paths", d.paths(w, shared))
		for key, value := range head.All() {
			if !yield(key, value) {
				return
			}
		}
		var tail object
		if components := w.components(shared.Schemas()); components != nil {
			tail.Set("components", components)
		}
		if !d.options.Plain {
			tail = append(tail, setEvidence(d.set)...)
		}
		for key, value := range tail.All() {
			if !yield(key, value) {
				return
			}
		}
	}
}

// paths yields the Path Item Objects.
func (d *Document) paths(w *writer, shared *jsonschema.Shared) members {
	return func(yield func(string, any) bool) {
		for _, path := range sortedKeys(d.byPath) {
			if !yield(path, shared.Part(path, w.item(path, d.byPath[path]))) {
				return
			}
		}
	}
}

// item writes the Path Item Object of a path.
func (w *writer) item(path string, of methods) object {
	var item object
	shared := w.servers.ofPath(of)
	if shared != nil {
		item.Set("servers", w.servers.write(shared))
	}
	for _, method := range sortedKeys(of) {
		o := w.operation(path, of[method])
		if hosts := w.servers.of(of[method].Endpoint); shared == nil && !w.servers.areUsual(hosts) {
			o.Set("servers", w.servers.write(hosts))
		}
		item.Set(strings.ToLower(method), o)
	}
	return item
}

// methods holds the operations of one path by method.
type methods map[string]*operation

// operation is an operation of the document.
type operation struct {
	*endpoints.Endpoint

	others map[string]uint64 // calls of the same method and path at hosts that answer differently
}

// operations returns the endpoints that match a filter by path and method. Paths that differ only in
// the names of their parameters are one, under the names of the first.
func operations(set *endpoints.Set, f endpoints.Filter) map[string]methods {
	same := make(map[string]map[string][]*endpoints.Endpoint) // by path and method
	named := make(map[string]string)
	for e := range set.Matching(f) {
		if !isOpenAPIMethod(e.Method) {
			continue
		}
		anonymous := endpoints.Anonymous(e.Path)
		path, known := named[anonymous]
		if !known {
			path = e.Path
			named[anonymous], same[path] = path, make(map[string][]*endpoints.Endpoint)
		}
		same[path][e.Method] = append(same[path][e.Method], e)
	}
	byPath := make(map[string]methods)
	for path, byMethod := range same {
		byPath[path] = make(methods)
		for method, found := range byMethod {
			byPath[path][method] = joined(found, path)
		}
	}
	return byPath
}

// joined returns endpoints of one method and path as an operation: the first, of the API with most
// calls, with those that answer alike.
func joined(found []*endpoints.Endpoint, path string) *operation {
	slices.SortStableFunc(found, endpoints.CompareByAPI)
	op := &operation{Endpoint: found[0].Join(nil, path)}
	for _, e := range found[1:] {
		if op.Agree(e) {
			op.Endpoint = op.Join(e, path)
			continue
		}
		if op.others == nil {
			op.others = make(map[string]uint64)
		}
		for host, calls := range e.CallsByHost() {
			op.others[host] += calls
		}
	}
	return op
}

// isOpenAPIMethod reports whether a Path Item Object has a field for the method.
func isOpenAPIMethod(method string) bool {
	switch method {
	case "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE":
		return true
	}
	return false
}

// components returns the objects that operations refer to, nil if there are none.
func (w *writer) components(schemas object) object {
	var out object
	if schemas != nil {
		out.Set("schemas", schemas)
	}
	if len(w.schemes) > 0 {
		var schemes object
		for _, name := range sortedKeys(w.schemes) {
			schemes.Set(name, w.schemes[name])
		}
		out.Set("securitySchemes", schemes)
	}
	return out
}

// sortedKeys returns a map's keys in order, in which everything is written.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
