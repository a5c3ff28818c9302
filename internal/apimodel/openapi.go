package apimodel

import (
	"slices"
	"strconv"
	"strings"

	"akita/internal/names"
)

// DocumentOptions say how an OpenAPI document is written.
type DocumentOptions struct {
	Title  string // info.title; "" is "API"
	Filter Filter // which endpoints
	Plain  bool   // without x-akita-* extensions
}

// OpenAPI renders the API as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1).
// Endpoints that differ in their host only are one operation there, with the hosts as servers.
func (a *API) OpenAPI(o DocumentOptions) *Document {
	w := documentWriter{schemaWriter: schemaWriter{plain: o.Plain, shared: newComponents(), slugs: a.slugs}, schemes: make(map[string]object), ids: make(map[string]bool)}
	byPath := make(map[string]map[string]*endpoint)
	hosts := make(map[string]bool)
	names := make(map[string]string) // of a path without parameter names: the first with
	for _, e := range a.endpoints {
		if !o.Filter.lets(e) || !isOpenAPIMethod(e.method) {
			continue
		}
		hosts[e.host] = true
		path := get(names, anonymous(e.path), func() string { return e.path })
		methods := get(byPath, path, func() map[string]*endpoint { return make(map[string]*endpoint) })
		methods[e.method] = joined(methods[e.method], e, path)
	}
	var paths object
	for _, path := range sortedKeys(byPath) {
		var item object
		for _, method := range sortedKeys(byPath[path]) {
			item.set(strings.ToLower(method), w.operation(path, byPath[path][method]))
		}
		paths.set(path, item)
	}
	paths = w.shared.share(paths)
	title := o.Title
	if title == "" {
		title = "API"
	}
	root := object{
		{"openapi", "3.1.0"},
		{"info", object{{"title", title}, {"version", "1.0.0"}, {"description", "Inferred by Akita from the API's own traffic."}}},
		{"servers", a.servers(hosts)},
		{"paths", paths},
	}
	if components := w.components(); components != nil {
		root.set("components", components)
	}
	if !o.Plain {
		root.set("x-akita-witnesses", a.witnesses)
		if folded := a.folded.object(); folded != nil {
			root.set("x-akita-folded", folded)
		}
		root.count("x-akita-unmatched", a.unmatched)
	}
	return &Document{root}
}

// components lists what operations refer to; nil for nothing.
func (w *documentWriter) components() object {
	var out object
	for _, kind := range []struct {
		name    string
		objects map[string]object
	}{{"schemas", w.shared.schemas}, {"securitySchemes", w.schemes}} {
		var all object
		for _, name := range sortedKeys(kind.objects) {
			all.set(name, kind.objects[name])
		}
		if all != nil {
			out.set(kind.name, all)
		}
	}
	return out
}

// joined is e under the path's own parameter names, together with what is there.
func joined(there, e *endpoint, path string) *endpoint {
	op := clone(e.op)
	if there != nil {
		op.merge(there.op)
	}
	args := slices.Clone(e.args)
	for i, name := range parameterNames(path) {
		args[i].name = name
		if there != nil {
			args[i] = args[i].joined(there.args[i])
		}
	}
	return &endpoint{host: e.host, method: e.method, path: path, args: args, op: op}
}

func parameterNames(path string) []string {
	var names []string
	for {
		_, after, ok := strings.Cut(path, "{")
		if !ok {
			return names
		}
		name, rest, _ := strings.Cut(after, "}")
		names, path = append(names, name), rest
	}
}

func isOpenAPIMethod(method string) bool {
	switch method {
	case "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE":
		return true
	}
	return false
}

// servers lists the hosts as they were called; without a scheme as it is most likely.
func (a *API) servers(hosts map[string]bool) []any {
	var out []any
	for _, host := range sortedKeys(hosts) {
		if host == "" || host == anyHost || host == "ip" || strings.HasPrefix(host, "ip:") {
			continue // no name is known
		}
		scheme := "https"
		if seen := a.schemes[host]; seen == overHTTP || seen == 0 && strings.HasPrefix(host, "localhost") {
			scheme = "http"
		}
		out = append(out, object{{"url", scheme + "://" + host}})
	}
	if out == nil {
		out = []any{object{{"url", "/"}}}
	}
	return out
}

// documentWriter holds what the operations of one document share.
type documentWriter struct {
	schemaWriter
	schemes map[string]object // security schemes by name
	ids     map[string]bool   // operation ids taken
}

func (w *documentWriter) operation(path string, e *endpoint) object {
	r := e.op.request()
	w.about = names.Capitalize(names.Singular(names.Camel(lastWord(path))))
	w.secret, w.failed = e.isSecret(), false
	o := object{
		{"operationId", w.operationID(e.method, path)},
		{"summary", e.method + " " + path},
	}
	if tag := tagOf(path); tag != "" {
		o.set("tags", []any{tag})
	}
	if params := w.parameters(e); len(params) > 0 {
		o.set("parameters", params)
	}
	if body := w.requestBody(r); body != nil {
		o.set("requestBody", body)
	}
	o.set("responses", w.responses(e.op))
	o.set("security", w.security(e.op))
	if !w.plain {
		o.set("x-akita-traffic", traffic(e))
		o.set("x-akita-auth", authEvidence(e.op))
	}
	return o
}

// operationID is unique in the document: "getUsersByUserId".
func (w *documentWriter) operationID(method, path string) string {
	var b strings.Builder
	b.WriteString(strings.ToLower(method))
	for segment := range strings.SplitSeq(path, "/") {
		if name := strings.Trim(segment, "{}"); strings.HasPrefix(segment, "{") {
			b.WriteString("By" + names.Title(name))
		} else {
			b.WriteString(names.Title(segment))
		}
	}
	base := b.String()
	id := base
	for n := 2; w.ids[id]; n++ {
		id = base + strconv.Itoa(n)
	}
	w.ids[id] = true
	return id
}

// tagOf groups operations by the first segment of their path that names a thing.
func tagOf(path string) string {
	for segment := range strings.SplitSeq(path, "/") {
		version := len(segment) > 1 && (segment[0] == 'v' || segment[0] == 'V') && strings.Trim(segment[1:], "0123456789.") == ""
		if segment != "" && segment != "api" && segment != "rest" && !version && !strings.ContainsAny(segment, "{}") {
			return segment
		}
	}
	return ""
}

func (w *documentWriter) parameters(e *endpoint) []any {
	var out []any
	for _, p := range e.parameters(w.schemaWriter) {
		o := object{{"name", p.Name}, {"in", p.In}}
		if p.Required {
			o.set("required", true)
		}
		o.set("schema", p.Schema.root)
		if !w.plain {
			o = append(o, parameterEvidence(p)...)
		}
		out = append(out, o)
	}
	return out
}

func (w *documentWriter) requestBody(r *request) object {
	if len(r.Bodies) == 0 {
		return nil
	}
	o := object{{"content", w.content(r.Bodies)}}
	if r.NoBody == 0 {
		o.set("required", true)
	}
	if !w.plain {
		o.set("x-akita-seen", r.Count-min(r.NoBody, r.Count))
		o.count("x-akita-absent", r.NoBody)
	}
	return o
}

func (w *documentWriter) content(of map[string]*body) object {
	var content object
	for _, mediaType := range sortedKeys(of) {
		o := object{}
		if s, ok := w.body(mediaType, of[mediaType]); ok {
			o.set("schema", s)
		}
		if !w.plain {
			o = append(o, bodyEvidence(of[mediaType])...)
		}
		if name := mediaTypeName(mediaType); content.get(name) == nil {
			content.set(name, o)
		}
	}
	return content
}

func (w *documentWriter) responses(op *operation) object {
	var out object
	for _, status := range sortedKeys(op.Responses) {
		if status < 100 || status > 599 {
			continue
		}
		r := op.Responses[status]
		w.failed = status >= 400
		o := object{{"description", statusText(status)}}
		if len(r.Headers.ByName) > 0 {
			var headers object
			for _, name := range sortedKeys(r.Headers.ByName) {
				headers.set(name, w.header(name, r))
			}
			o.set("headers", headers)
		}
		if len(r.Bodies) > 0 {
			o.set("content", w.content(r.Bodies))
		}
		if !w.plain {
			o.set("x-akita-traffic", r.traffic())
			o.count("x-akita-empty", r.NoBody)
			o.count("x-akita-streamed", r.Streamed)
		}
		out.set(strconv.Itoa(status), o)
	}
	if out == nil {
		out.set("default", object{{"description", "No answer was seen"}})
	}
	return out
}

func (w *documentWriter) header(name string, r *response) object {
	p := r.Headers.ByName[name]
	var o object
	if p.Count == r.Count {
		o.set("required", true)
	}
	o.set("schema", w.text(name, p.Shape))
	if !w.plain {
		o.set("x-akita-seen", p.Count)
		o.count("x-akita-absent", r.Count-min(p.Count, r.Count))
	}
	return o
}
