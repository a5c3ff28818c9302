package endpoints

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/jsonschema"
	"akita/internal/shape"
	"akita/internal/witness"
)

// Detail describes the endpoint with an id. ok is false if there is no such endpoint.
func (s *Set) Detail(id string) (detail Detail, ok bool) {
	if e := s.ByID(id); e != nil {
		return e.Detail(), true
	}
	return Detail{}, false
}

// Detail describes the endpoint in full.
func (e *Endpoint) Detail() Detail {
	d := Detail{
		Summary:          e.Summary(),
		AuthCounts:       authTypes(e.Calls.Auth, e.Calls.AuthBad),
		View:             mostFrequent(e.Calls.Views),
		Parameters:       e.Parameters(jsonschema.Config{}),
		RequestBodies:    bodies(e.Sends, e.Calls.Request().Bodies),
		Responses:        []Response{},
		LatencyHistogram: e.Calls.Latencies().Histogram(),
		Consumers:        e.Consumers(),
	}
	for _, status := range slices.Sorted(maps.Keys(e.Calls.Responses)) {
		if r := e.Calls.Responses[status]; status != noStatus {
			subject := e.Subject(status >= 400)
			d.Responses = append(d.Responses, Response{
				Status:    status,
				Count:     r.Count,
				LatencyMs: r.Latency.Percentiles(),
				FirstSeen: r.Seen.First,
				LastSeen:  r.Seen.Last,
				Headers: headers(
					jsonschema.NewWriter(jsonschema.Config{}, subject),
					r,
				),
				Bodies: bodies(func(string) jsonschema.Subject { return subject }, r.Bodies),
			})
		}
	}
	return d
}

// Parameters lists the parameters: those of the path in its order, then query, header and cookie
// parameters by name.
func (e *Endpoint) Parameters(c jsonschema.Config) []Parameter {
	out := []Parameter{}
	subject := e.Subject(false)
	subject.Secret = true // a word in a path may be personal data
	inPath := jsonschema.NewWriter(c, subject)
	for _, arg := range e.arguments {
		out = append(out, Parameter{
			In: "path", Name: arg.name, Required: true, Seen: e.Calls.Calls(), Of: e.Calls.Calls(),
			Schema: arg.schema(inPath), shape: arg.shape, argument: &arg,
		})
	}
	elsewhere := jsonschema.NewWriter(c, e.Subject(false))
	r := e.Calls.Request()
	for _, kind := range []struct {
		in     string
		params *apimodel.Params
	}{{"query", &r.Query}, {"header", &r.Headers}, {"cookie", &r.Cookies}} {
		for _, name := range sortedKeys(kind.params.ByName) {
			if kind.in == "header" && e.habits.headers[name] {
				continue
			}
			p := kind.params.ByName[name]
			out = append(out, Parameter{
				In:       kind.in,
				Name:     name,
				Required: p.Count == r.Count && (kind.in != "query" || e.requiresQuery(name)),
				Seen:     p.Count,
				Of:       r.Count,
				Schema:   elsewhere.Parameter(name, p.Shape, p.Repeated > 0 || kind.in == "query" && shape.IsList(name)),
				shape:    p.Shape,
				repeated: p.Repeated,
				indexed:  p.Indexed,
			})
		}
	}
	return out
}

// requiresQuery reports whether the endpoint requires a query parameter that all accepted calls had.
// It does if there were many such calls, or if a call without the parameter was refused.
func (e *Endpoint) requiresQuery(name string) bool {
	accepted, refused := e.Calls.Accepted.Count, &e.Calls.Refused
	if accepted == 0 || e.Method == patchMethod {
		return false
	}
	return accepted >= jsonschema.ManyCalls || refused.Count > refused.Query.Calls(name)
}

func headers(schemas jsonschema.Writer, r *apimodel.Response) []ResponseHeader {
	out := []ResponseHeader{}
	for _, name := range sortedKeys(r.Headers.ByName) {
		p := r.Headers.ByName[name]
		out = append(out, ResponseHeader{Name: name, Seen: p.Count, Schema: schemas.Text(name, p.Shape)})
	}
	return out
}

// bodies lists bodies by media type, most frequent first.
func bodies(subject func(mediaType string) jsonschema.Subject, of map[string]*apimodel.Body) []Body {
	out := []Body{}
	for _, mediaType := range sortedKeys(of) {
		b := of[mediaType]
		one := Body{MediaType: MediaType(mediaType), Seen: b.Count, Unread: b.ByReason(), Quirks: b.Quirks}
		if size, ok := b.Sizes.Percentiles(); ok {
			one.Bytes = &size
		}
		if b := Bodies(mediaType, b); b.Shape != nil {
			one.Schema = jsonschema.NewWriter(jsonschema.Config{}, subject(mediaType)).Body(mediaType, b)
		}
		out = append(out, one)
	}
	slices.SortStableFunc(out, func(a, b Body) int { return cmp.Compare(b.Seen, a.Seen) })
	return out
}

// Bodies returns the bodies of a media type that a schema describes. Its shape is nil if a schema can
// describe nothing.
func Bodies(mediaType string, b *apimodel.Body) jsonschema.Bodies {
	out := jsonschema.Bodies{
		Shape: described(mediaType, b), Form: make(map[string]jsonschema.FormField),
		Actions: actions(b), Acted: b.Acted, Batches: b.Batches,
	}
	for name, field := range b.Form() {
		out.Form[name] = jsonschema.FormField(field)
	}
	return out
}

// described returns the part of the shape of bodies that a schema describes. Bodies that are labelled
// as something else than JSON are objects or arrays only if all of them are: one page among them is
// an error page, and one file a file.
func described(mediaType string, b *apimodel.Body) *shape.Shape {
	s := b.Shape
	switch {
	case s == nil, s.Objs+s.Arrs == 0, witness.IsStructured(mediaType):
		return s
	case b.Unread[witness.UnreadBinary]+b.Unread[witness.UnreadType] > 0:
		return nil
	case s.Strs > 0:
		return &shape.Shape{Strs: s.Count()}
	}
	return s
}

// MediaType returns the name of a media type in a document.
func MediaType(mediaType string) string {
	switch mediaType {
	case apimodel.Many:
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
	return strings.TrimPrefix(best, apimodel.Many)
}
