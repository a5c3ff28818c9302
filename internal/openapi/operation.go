package openapi

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/jsonschema"
	"akita/internal/names"
)

// writer writes the operations of a document and holds what they share.
type writer struct {
	config  jsonschema.Config
	schemes map[string]object // security schemes by name
	ids     map[string]bool   // operation ids in use
	servers servers
}

func (w *writer) operation(path string, op *operation) object {
	e := op.Endpoint
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
	o.Set("security", w.security(e))
	if !w.config.Plain {
		o.Set("x-akita-traffic", traffic(e))
		o.Set("x-akita-authentication", string(e.Entry().Access))
		o.Set("x-akita-auth", authEvidence(e.Calls))
		if len(op.others) > 0 {
			o.Set("x-akita-other-hosts", otherHosts(op.others))
		}
	}
	return o
}

// Operation returns the Operation Object of endpoints of one method whose paths differ in the names of
// parameters only, under those of path. It has no extensions and refers to no components.
func Operation(set *endpoints.Set, of []*endpoints.Endpoint, path string) jsonschema.Object {
	e := of[0].Join(nil, path)
	for _, other := range of[1:] {
		e = e.Join(other, path)
	}
	w := &writer{
		config:  jsonschema.Config{Plain: true, IsSlug: set.IsSlug},
		schemes: make(map[string]object), ids: make(map[string]bool),
	}
	return w.operation(path, &operation{Endpoint: e})
}

// operationID returns an id that is unique in the document: "getUsersByUserId".
func (w *writer) operationID(method, path string) string {
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

// tagOf returns the tag of a path's operations: its first segment that names a thing, "" for none.
func tagOf(path string) string {
	for segment := range strings.SplitSeq(path, "/") {
		switch {
		case segment == "", segment == "api", segment == "rest", isVersion(segment), strings.ContainsAny(segment, "{}"):
		default:
			return segment
		}
	}
	return ""
}

// isVersion reports whether a segment is a version of the API, such as "v2".
func isVersion(segment string) bool {
	return len(segment) > 1 && segment[0]|0x20 == 'v' && strings.Trim(segment[1:], "0123456789.") == ""
}

func (w *writer) parameters(e *endpoints.Endpoint) []any {
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

func (w *writer) requestBody(e *endpoints.Endpoint, r *apimodel.Request) object {
	if len(r.Bodies) == 0 {
		return nil
	}
	o := object{}.With("content", w.content(r.Bodies, e.Sends))
	if r.NoBody == 0 {
		o.Set("required", true)
	}
	if !w.config.Plain {
		o.Set("x-akita-seen", r.Count-min(r.NoBody, r.Count))
		o.Count("x-akita-absent", r.NoBody)
	}
	return o
}

// content writes bodies by media type. subject returns the subject of the schemas of a media type.
func (w *writer) content(of map[string]*apimodel.Body, subject func(mediaType string) jsonschema.Subject) object {
	var content object
	for _, mediaType := range sortedKeys(of) {
		o, b := object{}, of[mediaType]
		if bodies := endpoints.Bodies(mediaType, b); bodies.Shape != nil {
			schemas := jsonschema.NewWriter(w.config, subject(mediaType))
			o.Set("schema", schemas.Body(mediaType, bodies))
			if encoding := schemas.Encoding(mediaType, bodies); encoding != nil {
				o.Set("encoding", encoding)
			}
		}
		if !w.config.Plain {
			o = append(o, bodyEvidence(b)...)
		}
		if name := endpoints.MediaType(mediaType); content.Get(name) == nil {
			content.Set(name, o)
		}
	}
	return content
}

func (w *writer) responses(e *endpoints.Endpoint) object {
	var out object
	for _, status := range slices.Sorted(maps.Keys(e.Calls.Responses)) {
		if status < 100 || status > 599 {
			continue
		}
		r := e.Calls.Responses[status]
		subject := e.Subject(status >= 400)
		schemas := jsonschema.NewWriter(w.config, subject)
		o := object{}.With("description", statusText(status))
		if len(r.Headers.ByName) > 0 {
			var headers object
			for _, name := range sortedKeys(r.Headers.ByName) {
				headers.Set(name, w.header(name, r, schemas))
			}
			o.Set("headers", headers)
		}
		if len(r.Bodies) > 0 {
			o.Set("content", w.content(r.Bodies, func(string) jsonschema.Subject { return subject }))
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

func (w *writer) header(name string, r *apimodel.Response, schemas jsonschema.Writer) object {
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
