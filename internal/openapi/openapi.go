// Package openapi writes the endpoints of an API as an OpenAPI 3.1 document:
// https://spec.openapis.org/oas/v3.1.1. It does no I/O.
package openapi

import (
	"slices"
	"strings"

	"akita/internal/endpoints"
	"akita/internal/jsonschema"
)

// Options say how a document is written.
type Options struct {
	Title  string           // info.title; "" is "API"
	Filter endpoints.Filter // which endpoints
	Plain  bool             // without x-akita-* extensions
}

// New returns the document of a set of endpoints. Endpoints of different APIs with the same method and
// path are one operation if they answer alike, with all their hosts as servers. If not, the document
// has that of the API with more calls, and counts the calls of the others.
func New(set *endpoints.Set, o Options) *Document {
	w := writer{
		config:  jsonschema.Config{Plain: o.Plain, Components: jsonschema.NewComponents(), IsSlug: set.IsSlug},
		schemes: make(map[string]object),
		ids:     make(map[string]bool),
		servers: newServers(set, o.Filter.Hosts),
	}
	byPath := operations(set, o.Filter)
	w.servers.choose(byPath)
	var paths object
	for _, path := range sortedKeys(byPath) {
		paths.Set(path, w.pathItem(path, byPath[path]))
	}
	paths = w.config.Components.Share(paths)
	title := o.Title
	if title == "" {
		title = "API"
	}
	root := object{}.
		With("openapi", "3.1.0").
		With("info", object{}.
			With("title", title).
			With("version", "1.0.0").
			With("description", "Inferred by Akita from the API's own traffic.")).
		With("servers", w.servers.write(w.servers.usual)).
		With("paths", paths)
	if components := w.components(); components != nil {
		root.Set("components", components)
	}
	if !o.Plain {
		root = append(root, setEvidence(set)...)
	}
	return &Document{root}
}

// pathItem writes the operations of a path.
func (w *writer) pathItem(path string, of methods) object {
	var item object
	shared := w.servers.ofPath(of)
	if shared != nil {
		item.Set("servers", w.servers.write(shared))
	}
	for _, method := range sortedKeys(of) {
		o := w.operation(path, of[method])
		if servers := w.servers.of(of[method].Endpoint); shared == nil && !w.servers.areUsual(servers) {
			o.Set("servers", w.servers.write(servers))
		}
		item.Set(strings.ToLower(method), o)
	}
	return item
}

// methods are the operations of one path by method.
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

// components lists what operations refer to; nil for nothing.
func (w *writer) components() object {
	var out object
	if schemas := w.config.Components.Schemas(); schemas != nil {
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
