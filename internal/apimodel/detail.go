package apimodel

import (
	"cmp"
	"slices"
	"strings"

	"akita/internal/jsonschema"
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
	schemas := jsonschema.NewWriter(jsonschema.Config{}, e.subject(false))
	d := EndpointDetail{
		Endpoint:         e.summary(),
		AuthCounts:       e.op.allAuthCounts(),
		View:             mostFrequent(e.op.Views),
		Parameters:       e.parameters(jsonschema.Config{}),
		RequestBodies:    bodies(schemas, e.op.request().Bodies),
		Responses:        []Response{},
		LatencyHistogram: e.op.latency().histogram(),
	}
	for _, status := range sortedKeys(e.op.Responses) {
		if r := e.op.Responses[status]; status != 0 {
			schemas := jsonschema.NewWriter(jsonschema.Config{}, e.subject(status >= 400))
			d.Responses = append(d.Responses, Response{
				Status: status, Count: r.Count, LatencyMs: r.Latency.percentiles(), FirstSeen: r.Seen.First, LastSeen: r.Seen.Last,
				Headers: headers(schemas, r), Bodies: bodies(schemas, r.Bodies),
			})
		}
	}
	return d
}

// parameters lists the path's parameters in its order, then query, header and cookie
// parameters by name.
func (e *endpoint) parameters(c jsonschema.Config) []Parameter {
	out := []Parameter{}
	subject := e.subject(false)
	subject.Secret = true // a name in a path is personal data as easily as a choice
	inPath := jsonschema.NewWriter(c, subject)
	for _, arg := range e.args {
		out = append(out, Parameter{
			In: "path", Name: arg.name, Required: true, Seen: e.op.calls(), Of: e.op.calls(),
			Schema: arg.schema(inPath), argument: &arg,
		})
	}
	elsewhere := jsonschema.NewWriter(c, e.subject(false))
	r := e.op.request()
	for _, kind := range []struct {
		in     string
		params *params
	}{{"query", &r.Query}, {"header", &r.Headers}, {"cookie", &r.Cookies}} {
		for _, name := range sortedKeys(kind.params.ByName) {
			p := kind.params.ByName[name]
			out = append(out, Parameter{
				In: kind.in, Name: name, Required: p.Count == r.Count, Seen: p.Count, Of: r.Count,
				Schema: elsewhere.Parameter(name, p.Shape, p.Repeated > 0), repeated: p.Repeated,
			})
		}
	}
	return out
}

func headers(schemas jsonschema.Writer, r *response) []ResponseHeader {
	out := []ResponseHeader{}
	for _, name := range sortedKeys(r.Headers.ByName) {
		p := r.Headers.ByName[name]
		out = append(out, ResponseHeader{Name: name, Seen: p.Count, Schema: schemas.Text(name, p.Shape)})
	}
	return out
}

// bodies lists bodies by media type, most frequent first.
func bodies(schemas jsonschema.Writer, of map[string]*body) []Body {
	out := []Body{}
	for _, mediaType := range sortedKeys(of) {
		b := of[mediaType]
		one := Body{MediaType: mediaTypeName(mediaType), Seen: b.Count}
		if size, ok := b.Sizes.percentiles(); ok {
			one.Bytes = &size
		}
		if b.Shape != nil {
			one.Schema = schemas.Body(mediaType, b.Shape, b.Files)
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

func mostFrequent(counts map[string]uint64) string {
	best := ""
	for _, name := range sortedKeys(counts) {
		if best == "" || counts[name] > counts[best] {
			best = name
		}
	}
	return strings.TrimPrefix(best, many)
}
