// Package openapi writes the endpoints of an API as an OpenAPI 3.1 document:
// https://spec.openapis.org/oas/v3.1.1. It does no I/O.
package openapi

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"akita/internal/apimodel"
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
	hosts      map[string]bool
	components *jsonschema.Components
}

// object is a JSON object of a document.
type object = jsonschema.Object

// members yields the members of an object that is made while it is written.
type members = iter.Seq2[string, any]

// New returns the document of a set of endpoints. Endpoints that differ only in their host become one
// operation with the hosts as servers.
func New(set *endpoints.Set, o Options) *Document {
	d := &Document{set: set, options: o, components: jsonschema.NewComponents()}
	d.byPath, d.hosts = operations(set, o.Filter)
	w := d.writer(d.components)
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
			With("servers", servers(d.set, d.hosts)).
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
	for _, method := range sortedKeys(of) {
		item.Set(strings.ToLower(method), w.operation(path, of[method]))
	}
	return item
}

// methods holds the endpoints of one path by method.
type methods map[string]*endpoints.Endpoint

// operations returns the endpoints that match a filter by path and method, and their hosts. Paths
// that differ only in the names of their parameters are one, under the names of the first.
func operations(set *endpoints.Set, f endpoints.Filter) (byPath map[string]methods, hosts map[string]bool) {
	byPath, hosts = make(map[string]methods), make(map[string]bool)
	named := make(map[string]string)
	for e := range set.Matching(f) {
		if !isOpenAPIMethod(e.Method) {
			continue
		}
		hosts[e.Host] = true
		anonymous := endpoints.Anonymous(e.Path)
		path, known := named[anonymous]
		if !known {
			path = e.Path
			named[anonymous], byPath[path] = path, make(methods)
		}
		byPath[path][e.Method] = e.Join(byPath[path][e.Method], path)
	}
	return byPath, hosts
}

// isOpenAPIMethod reports whether a Path Item Object has a field for the method.
func isOpenAPIMethod(method string) bool {
	switch method {
	case "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE":
		return true
	}
	return false
}

// servers lists the hosts with the scheme by which they were called. If none is known, it uses the
// likelier one.
func servers(set *endpoints.Set, hosts map[string]bool) []any {
	var out []any
	for _, host := range sortedKeys(hosts) {
		if host == "" || host == apimodel.AnyHost || host == "ip" || strings.HasPrefix(host, "ip:") {
			continue // its name is not known
		}
		scheme := "https"
		seen := set.Schemes(host)
		if seen == apimodel.OverHTTP || seen == 0 && strings.HasPrefix(host, "localhost") {
			scheme = "http"
		}
		out = append(out, object{}.With("url", scheme+"://"+host))
	}
	if out == nil {
		out = []any{object{}.With("url", "/")}
	}
	return out
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
