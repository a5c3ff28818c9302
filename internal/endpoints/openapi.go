package endpoints

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/jsonschema"
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
func (s *Set) OpenAPI(o DocumentOptions) *Document {
	w := documentWriter{
		config:  jsonschema.Config{Plain: o.Plain, Components: jsonschema.NewComponents(), IsSlug: s.slugs.has},
		schemes: make(map[string]object),
		ids:     make(map[string]bool),
	}
	byPath := make(map[string]map[string]*Endpoint)
	hosts := make(map[string]bool)
	names := make(map[string]string) // of a path without parameter names: the first with
	for _, e := range s.endpoints {
		if !o.Filter.matches(e) || !isOpenAPIMethod(e.Method) {
			continue
		}
		hosts[e.Host] = true
		path := child(&names, Anonymous(e.Path), func() string { return e.Path })
		methods := child(&byPath, path, func() map[string]*Endpoint { return make(map[string]*Endpoint) })
		methods[e.Method] = e.Join(methods[e.Method], path)
	}
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
		With("info", object{}.With("title", title).With("version", "1.0.0").With("description", "Inferred by Akita from the API's own traffic.")).
		With("servers", s.servers(hosts)).
		With("paths", paths)
	if components := w.components(); components != nil {
		root.Set("components", components)
	}
	if !o.Plain {
		root.Set("x-akita-witnesses", s.witnesses)
		if folded := foldedEvidence(s.truncated); folded != nil {
			root.Set("x-akita-folded", folded)
		}
		root.Count("x-akita-unmatched", s.unmatched)
	}
	return &Document{root}
}

// components lists what operations refer to; nil for nothing.
func (w *documentWriter) components() object {
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

func isOpenAPIMethod(method string) bool {
	switch method {
	case "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE":
		return true
	}
	return false
}

// servers lists the hosts as they were called; without a scheme as it is most likely.
func (s *Set) servers(hosts map[string]bool) []any {
	var out []any
	for _, host := range sortedKeys(hosts) {
		if host == "" || host == apimodel.AnyHost || host == "ip" || strings.HasPrefix(host, "ip:") {
			continue // no name is known
		}
		scheme := "https"
		if seen := s.hosts[host]; seen == apimodel.OverHTTP || seen == 0 && strings.HasPrefix(host, "localhost") {
			scheme = "http"
		}
		out = append(out, object{}.With("url", scheme+"://"+host))
	}
	if out == nil {
		out = []any{object{}.With("url", "/")}
	}
	return out
}

// documentWriter holds what the operations of one document share.
type documentWriter struct {
	config  jsonschema.Config
	schemes map[string]object // security schemes by name
	ids     map[string]bool   // operation ids taken
}

func (w *documentWriter) operation(path string, e *Endpoint) object {
	r := e.Calls.Request()
	o := object{}.
		With("operationId", w.operationID(e.Method, path)).
		With("summary", e.Method+" "+path)
	if tag := tagOf(path); tag != "" {
		o.Set("tags", []any{tag})
	}
	if params := w.parameters(e); len(params) > 0 {
		o.Set("parameters", params)
	}
	if body := w.requestBody(e, r); body != nil {
		o.Set("requestBody", body)
	}
	o.Set("responses", w.responses(e))
	o.Set("security", w.security(e.Calls))
	if !w.config.Plain {
		o.Set("x-akita-traffic", traffic(e))
		o.Set("x-akita-auth", authEvidence(e.Calls))
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

func (w *documentWriter) parameters(e *Endpoint) []any {
	var out []any
	for _, p := range e.Parameters(w.config) {
		o := object{}.With("name", p.Name).With("in", p.In)
		if p.Required {
			o.Set("required", true)
		}
		o.Set("schema", p.Schema)
		if !w.config.Plain {
			o = append(o, p.Evidence()...)
		}
		out = append(out, o)
	}
	return out
}

func (w *documentWriter) requestBody(e *Endpoint, r *apimodel.Request) object {
	if len(r.Bodies) == 0 {
		return nil
	}
	o := object{}.With("content", w.content(r.Bodies, jsonschema.NewWriter(w.config, e.Subject(false))))
	if r.NoBody == 0 {
		o.Set("required", true)
	}
	if !w.config.Plain {
		o.Set("x-akita-seen", r.Count-min(r.NoBody, r.Count))
		o.Count("x-akita-absent", r.NoBody)
	}
	return o
}

func (w *documentWriter) content(of map[string]*apimodel.Body, schemas jsonschema.Writer) object {
	var content object
	for _, mediaType := range sortedKeys(of) {
		o := object{}
		if b := of[mediaType]; b.Shape != nil {
			o.Set("schema", schemas.Body(mediaType, b.Shape, b.Files))
		}
		if !w.config.Plain {
			o = append(o, bodyEvidence(of[mediaType])...)
		}
		if name := MediaType(mediaType); content.Get(name) == nil {
			content.Set(name, o)
		}
	}
	return content
}

func (w *documentWriter) responses(e *Endpoint) object {
	var out object
	for _, status := range slices.Sorted(maps.Keys(e.Calls.Responses)) {
		if status < 100 || status > 599 {
			continue
		}
		r := e.Calls.Responses[status]
		schemas := jsonschema.NewWriter(w.config, e.Subject(status >= 400))
		o := object{}.With("description", statusText(status))
		if len(r.Headers.ByName) > 0 {
			var headers object
			for _, name := range sortedKeys(r.Headers.ByName) {
				headers.Set(name, w.header(name, r, schemas))
			}
			o.Set("headers", headers)
		}
		if len(r.Bodies) > 0 {
			o.Set("content", w.content(r.Bodies, schemas))
		}
		if !w.config.Plain {
			o.Set("x-akita-traffic", responseTraffic(r))
			o.Count("x-akita-empty", r.NoBody)
			o.Count("x-akita-streamed", r.Streamed)
		}
		out.Set(strconv.Itoa(status), o)
	}
	if out == nil {
		out.Set("default", object{}.With("description", "No answer was seen"))
	}
	return out
}

func (w *documentWriter) header(name string, r *apimodel.Response, schemas jsonschema.Writer) object {
	p := r.Headers.ByName[name]
	var o object
	if p.Count == r.Count {
		o.Set("required", true)
	}
	o.Set("schema", schemas.Text(name, p.Shape))
	if !w.config.Plain {
		o.Set("x-akita-seen", p.Count)
		o.Count("x-akita-absent", r.Count-min(p.Count, r.Count))
	}
	return o
}
