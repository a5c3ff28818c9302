package apimodel

import (
	"cmp"
	"slices"
	"strings"
)

// Endpoint returns one endpoint, with all that is known of it, by its id.
func (a *API) Endpoint(id string) (EndpointDetail, bool) {
	for _, e := range a.endpoints {
		if e.id() == id {
			return e.detail(), true
		}
	}
	return EndpointDetail{}, false
}

func (e *endpoint) detail() EndpointDetail {
	w := schemaWriter{secret: e.isSecret()}
	d := EndpointDetail{
		Endpoint:         e.summary(),
		AuthCounts:       e.op.allAuthCounts(),
		View:             mostFrequent(e.op.Views),
		Parameters:       e.parameters(w),
		RequestBodies:    bodies(w, e.op.request().Bodies),
		Responses:        []Response{},
		LatencyHistogram: e.op.latency().histogram(),
	}
	for _, status := range sortedKeys(e.op.Responses) {
		if r := e.op.Responses[status]; status != 0 {
			w.failed = status >= 400
			d.Responses = append(d.Responses, Response{
				Status: status, Count: r.Count, LatencyMs: r.Latency.percentiles(), FirstSeen: r.Seen.First, LastSeen: r.Seen.Last,
				Headers: headers(w, r), Bodies: bodies(w, r.Bodies),
			})
		}
	}
	return d
}

// parameters lists the path's parameters in its order, then query, header and cookie
// parameters by name.
func (e *endpoint) parameters(w schemaWriter) []Parameter {
	out := []Parameter{}
	for _, arg := range e.args {
		out = append(out, Parameter{In: "path", Name: arg.name, Required: true, Seen: e.op.calls(), Of: e.op.calls(), Schema: &Schema{w.argument(arg)}, argument: &arg})
	}
	r := e.op.request()
	for _, kind := range []struct {
		in     string
		params *params
	}{{"query", &r.Query}, {"header", &r.Headers}, {"cookie", &r.Cookies}} {
		for _, name := range sortedKeys(kind.params.ByName) {
			p := kind.params.ByName[name]
			out = append(out, Parameter{In: kind.in, Name: name, Required: p.Count == r.Count, Seen: p.Count, Of: r.Count, Schema: &Schema{w.param(name, p)}, repeated: p.Repeated})
		}
	}
	return out
}

func headers(w schemaWriter, r *response) []ResponseHeader {
	out := []ResponseHeader{}
	for _, name := range sortedKeys(r.Headers.ByName) {
		p := r.Headers.ByName[name]
		out = append(out, ResponseHeader{Name: name, Seen: p.Count, Schema: &Schema{w.text(name, p.Shape)}})
	}
	return out
}

// bodies lists bodies by media type, most frequent first.
func bodies(w schemaWriter, of map[string]*body) []Body {
	out := []Body{}
	for _, mediaType := range sortedKeys(of) {
		b := of[mediaType]
		one := Body{MediaType: mediaTypeName(mediaType), Seen: b.Count}
		if size, ok := b.Sizes.percentiles(); ok {
			one.Bytes = &size
		}
		if s, ok := w.body(mediaType, b); ok {
			one.Schema = &Schema{s}
		}
		out = append(out, one)
	}
	slices.SortStableFunc(out, func(a, b Body) int { return cmp.Compare(b.Seen, a.Seen) })
	return out
}

func mediaTypeName(mediaType string) string {
	switch mediaType {
	case many:
		return "*/*"
	case "":
		return "application/octet-stream"
	}
	return mediaType
}

// body writes the schema of a body, false where nothing is known of it.
func (w schemaWriter) body(mediaType string, b *body) (object, bool) {
	if b.Shape == nil {
		return nil, false
	}
	if mediaType == "application/x-www-form-urlencoded" || mediaType == "multipart/form-data" {
		return w.form(b), true
	}
	return w.value("", b.Shape), true
}

func mostFrequent(counts map[string]uint64) string {
	best := ""
	for _, name := range sortedKeys(counts) {
		if best == "" || counts[name] > counts[best] {
			best = name
		}
	}
	return strings.TrimPrefix(best, many)
}
