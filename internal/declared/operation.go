package declared

import (
	"cmp"
	"maps"
	"mime"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Operation is a declared operation.
type Operation struct {
	Method, Path string // the path as the document writes it
	At           string // JSONPath
	Parameters   []*Parameter

	document *Document
	op       *openapi3.Operation
}

// Parameter is a declared parameter.
type Parameter struct {
	In, Name   string
	IsRequired bool
	At         string  // JSONPath of the parameter
	Schema     *Schema // nil for anything
	// IsOpen reports whether other names belong to the parameter too: it is an object whose properties
	// are parameters of their own, and whose names the document does not list.
	IsOpen bool
	// Fields are the names under which an object is sent, one parameter for each property.
	Fields []string
}

func (d *Document) newOperation(template, method string, of *openapi3.PathItem, op *openapi3.Operation) *Operation {
	itemAt := member(member(Root, "paths"), template)
	if of.Ref != "" {
		itemAt = resolved(of.Ref, itemAt)
	}
	o := &Operation{
		Method: method, Path: template, document: d, op: op,
		At: member(itemAt, strings.ToLower(method)),
	}
	if of.AdditionalOperations[method] != nil {
		o.At = member(member(itemAt, "additionalOperations"), method)
	}
	for i, ref := range op.Parameters {
		o.addParameter(ref, item(o.At, "parameters", i))
	}
	for i, ref := range of.Parameters {
		o.addParameter(ref, item(itemAt, "parameters", i))
	}
	names := parameterNames(template)
	slices.SortStableFunc(o.Parameters, func(x, y *Parameter) int {
		if x.In == "path" && y.In == "path" {
			return cmp.Compare(slices.Index(names, x.Name), slices.Index(names, y.Name))
		}
		return cmp.Or(cmp.Compare(x.In, y.In), cmp.Compare(x.Name, y.Name))
	})
	return o
}

// parameterNames lists the parameters of a path in its order.
func parameterNames(template string) (names []string) {
	for {
		_, after, ok := strings.Cut(template, "{")
		if !ok {
			return names
		}
		name, rest, _ := strings.Cut(after, "}")
		names, template = append(names, name), rest
	}
}

// addParameter adds a parameter, unless the operation has one of its place and name.
func (o *Operation) addParameter(ref *openapi3.ParameterRef, slot string) {
	if ref == nil || ref.Value == nil {
		return
	}
	v := ref.Value
	isSame := func(p *Parameter) bool {
		return p.In == v.In && (p.Name == v.Name || v.In == "header" && strings.EqualFold(p.Name, v.Name))
	}
	if slices.ContainsFunc(o.Parameters, isSame) {
		return
	}
	p := &Parameter{In: v.In, Name: v.Name, IsRequired: v.Required, At: resolved(ref.Ref, slot)}
	p.Schema = o.document.schema(v.Schema, member(p.At, "schema"))
	if v.In == "query" && p.Schema != nil {
		p.explode(v)
	}
	o.Parameters = append(o.Parameters, p)
}

// explode finds the names under which an object is sent.
func (p *Parameter) explode(v *openapi3.Parameter) {
	if !slices.Contains(p.Schema.Types(), openapi3.TypeObject) {
		return
	}
	isDeep := v.Style == openapi3.SerializationDeepObject
	if !isDeep && v.Explode != nil && !*v.Explode || v.Style != "" && v.Style != openapi3.SerializationForm && !isDeep {
		return
	}
	for _, name := range p.Schema.Names() {
		if isDeep {
			name = p.Name + "[" + name + "]"
		}
		p.Fields = append(p.Fields, name)
	}
	_, accepts := p.Schema.Entries()
	p.IsOpen = !isDeep && (accepts || len(p.Fields) == 0)
}

// Parameter returns the parameter of a place and a name, nil if the operation has none. Names of headers
// have no case. A list may have brackets ("ids[]"), and an object a name for each property.
func (o *Operation) Parameter(in, name string) *Parameter {
	plain := strings.TrimSuffix(name, "[]")
	outer, inner, isDeep := strings.Cut(name, "[")
	for _, p := range o.Parameters {
		if p.In != in {
			continue
		}
		switch {
		case p.Name == name, in == "header" && strings.EqualFold(p.Name, name):
			return p
		case in != "query":
		case strings.TrimSuffix(p.Name, "[]") == plain, isDeep && p.Name == outer && p.takes(inner),
			slices.Contains(p.Fields, name):
			return p
		}
	}
	for _, p := range o.Parameters {
		if p.In == in && p.IsOpen {
			return p
		}
	}
	return nil
}

// takes reports whether a parameter takes a name in brackets: the index of an element, or a property.
func (p *Parameter) takes(name string) bool {
	name, _, _ = strings.Cut(name, "]")
	if p.Schema == nil || !slices.Contains(p.Schema.Types(), "object") {
		return true
	}
	_, isDeclared := p.Schema.Field(name)
	return isDeclared
}

// PathArgument returns the name that Route gives a parameter in the path, "" for none.
func (o *Operation) PathArgument(name string) string {
	i := slices.Index(parameterNames(o.Path), name)
	if i < 0 {
		return ""
	}
	return Argument(i)
}

// Content is what is declared of bodies of one media type.
type Content struct {
	MediaType string // or a range, "application/*"
	At        string // JSONPath of the Media Type Object
	Schema    *Schema
}

// Body is what is declared of the bodies of requests, or of answers of a status.
type Body struct {
	At         string // JSONPath of the Request Body or Response Object
	IsRequired bool   // of a request
	Contents   []Content
}

// Request returns the declared request body, nil for none.
func (o *Operation) Request() *Body {
	ref := o.op.RequestBody
	if ref == nil || ref.Value == nil {
		return nil
	}
	at := resolved(ref.Ref, member(o.At, "requestBody"))
	return &Body{At: at, IsRequired: ref.Value.Required, Contents: o.document.contents(ref.Value.Content, at)}
}

func (d *Document) contents(of openapi3.Content, at string) []Content {
	var out []Content
	for _, name := range slices.Sorted(maps.Keys(of)) {
		c := Content{MediaType: name, At: member(member(at, "content"), name)}
		if m := of[name]; m != nil {
			c.Schema = d.schema(m.Schema, member(c.At, "schema"))
		}
		out = append(out, c)
	}
	return out
}

// Content returns what is declared of a media type in lower case without parameters: that of its name,
// or else of the narrowest range with it. It returns nil if the media type is not declared.
func (b *Body) Content(mediaType string) *Content {
	if b == nil {
		return nil
	}
	best, width := -1, 4
	for i := range b.Contents {
		if w := match(b.Contents[i].MediaType, mediaType); w < width {
			best, width = i, w
		}
	}
	if best < 0 {
		return nil
	}
	return &b.Contents[best]
}

// match returns how wide a declared media type is that a media type matches: 0 for its name, 1 for a
// suffix ("application/*+json"), 2 for a type ("text/*"), 3 for all. It returns 4 if it does not match.
func match(declared, mediaType string) int {
	bare, _, err := mime.ParseMediaType(declared)
	if err != nil {
		bare = strings.ToLower(strings.TrimSpace(declared))
	}
	if bare == mediaType {
		return 0
	}
	before, after, isRange := strings.Cut(bare, "*")
	switch {
	case !isRange:
		return 4
	case bare == "*/*", bare == "*":
		return 3
	case len(mediaType) < len(before)+len(after),
		!strings.HasPrefix(mediaType, before), !strings.HasSuffix(mediaType, after):
		return 4
	case after != "":
		return 1
	}
	return 2
}

// Statuses returns the declared statuses that are no ranges, in order.
func (o *Operation) Statuses() (out []int) {
	for name := range o.op.Responses.Map() {
		if n, err := strconv.Atoi(name); err == nil {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// Response is a declared response.
type Response struct {
	Body

	Headers map[string]bool // in lower case
}

// Response returns what is declared of a status: by its number, its range ("2XX") or the default. It
// returns nil if nothing is.
func (o *Operation) Response(status int) *Response {
	all := o.op.Responses.Map()
	for _, name := range []string{
		strconv.Itoa(status), strconv.Itoa(status/100) + "XX", strconv.Itoa(status/100) + "xx", "default",
	} {
		ref := all[name]
		if ref == nil || ref.Value == nil {
			continue
		}
		at := resolved(ref.Ref, member(member(o.At, "responses"), name))
		r := &Response{Body: Body{At: at, Contents: o.document.contents(ref.Value.Content, at)}}
		r.Headers = make(map[string]bool, len(ref.Value.Headers))
		for header := range ref.Value.Headers {
			r.Headers[strings.ToLower(header)] = true
		}
		return r
	}
	return nil
}
