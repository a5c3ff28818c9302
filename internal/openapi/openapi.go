// Package openapi writes the endpoints of an API as an OpenAPI 3.1 document:
// https://spec.openapis.org/oas/v3.1.1. It does no I/O.
package openapi

import (
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

// New returns the document of a set of endpoints. Endpoints that differ only in their host become one
// operation with the hosts as servers.
func New(set *endpoints.Set, o Options) *Document {
	w := writer{
		config:  jsonschema.Config{Plain: o.Plain, Components: jsonschema.NewComponents(), IsSlug: set.IsSlug},
		schemes: make(map[string]object),
		ids:     make(map[string]bool),
	}
	byPath, hosts := operations(set, o.Filter)
	var paths object
	for _, path := range sortedKeys(byPath) {
		var item object
		for _, method := range sortedKeys(byPath[path]) {
			item.Set(strings.ToLower(method), w.operation(path, byPath[path][method]))
		}
		paths.Set(path, item)
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
		With("servers", servers(set, hosts)).
		With("paths", paths)
	if components := w.components(); components != nil {
		root.Set("components", components)
	}
	if !o.Plain {
		root = append(root, setEvidence(set)...)
	}
	return &Document{root}
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
