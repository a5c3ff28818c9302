package spectacular

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"akita/internal/declared"
	"akita/internal/endpoints"
	"akita/internal/overlay"
)

// site is an operation of the patched document. Several have one view if it has several paths.
type site struct {
	path   string // as the patched document has it
	item   object // of the path
	object object
	isNew  bool // the document did not declare it
}

// sitesOf returns the operations of the patched document by the view that answers most of their calls.
func sitesOf(d *declared.Document, set *endpoints.Set, patched object) map[view][]site {
	out := make(map[view][]site)
	for e := range set.Matching(endpoints.Filter{}) {
		v, ok := newView(viewName([]*endpoints.Endpoint{e}), e.Method)
		if !ok {
			continue
		}
		s := site{isNew: d.Operation(e.Path, e.Method) == nil}
		path, isPath := d.Template(e.Path)
		if s.path = path; !isPath {
			s.path, _ = overlay.Template(d, e.Path)
		}
		s.item = patched.Object("paths").Object(s.path)
		s.object = s.item.Object(strings.ToLower(e.Method))
		isThere := func(o site) bool { return o.path == s.path }
		if s.object != nil && !slices.ContainsFunc(out[v], isThere) {
			out[v] = append(out[v], s)
		}
	}
	return out
}

// joined returns an operation that describes all sites: their view has one description.
func (d document) joined(sites []site) object {
	if len(sites) == 1 {
		return replaced(sites[0].object, "parameters", d.parametersOf(sites[0]))
	}
	var out object
	out.Set("parameters", d.joinedParameters(sites))
	body, isRequired := object(nil), true
	var responses object
	for _, s := range sites {
		one := d.resolved(s.object.Object("requestBody"))
		isRequired = isRequired && one.Get("required") == true
		body = joinedContent(body, one)
		for status, value := range s.object.Object("responses").All() {
			of, _ := value.(object)
			responses = replaced(responses, status, d.joinedResponses(responses.Object(status), d.resolved(of)))
		}
	}
	if len(body) > 0 {
		out.Set("requestBody", replaced(body, "required", isRequired))
	}
	out.Set("responses", responses)
	out.Set("security", d.joinedSecurity(sites))
	return out
}

// parametersOf returns the parameters of a site, without references.
func (d document) parametersOf(s site) (out []any) {
	for _, value := range slices.Concat(s.item.List("parameters"), s.object.List("parameters")) {
		p, _ := value.(object)
		out = append(out, d.resolved(p))
	}
	return out
}

// joinedParameters returns the parameters that any site has, required if all require them.
func (d document) joinedParameters(sites []site) []any {
	type key struct{ in, name string }
	var order []key
	found, required := make(map[key]object), make(map[key]int)
	for _, s := range sites {
		for _, value := range d.parametersOf(s) {
			p, _ := value.(object)
			at := key{p.Text("in"), p.Text("name")}
			if there := found[at]; there == nil {
				found[at] = p
				order = append(order, at)
			} else {
				found[at] = replaced(there, "schema", overlay.Join(schemaOf(there), schemaOf(p)))
			}
			if p.Get("required") == true {
				required[at]++
			}
		}
	}
	out := make([]any, 0, len(order))
	for _, at := range order {
		out = append(out, replaced(found[at], "required", required[at] == len(sites)))
	}
	return out
}

// joinedResponses returns a response with what either has.
func (d document) joinedResponses(x, y object) object {
	if x == nil {
		return y
	}
	out := joinedContent(x, y)
	headers := out.Object("headers")
	for name, value := range y.Object("headers").All() {
		if headers.Get(name) == nil {
			headers = headers.With(name, value)
		}
	}
	if len(headers) > 0 {
		out = replaced(out, "headers", headers)
	}
	return out
}

// joinedContent returns x with the media types of y.
func joinedContent(x, y object) object {
	content := slices.Clone(x.Object("content"))
	for mediaType, value := range y.Object("content").All() {
		of, _ := value.(object)
		if there := content.Object(mediaType); there != nil {
			of = replaced(there, "schema", overlay.Join(schemaOf(there), schemaOf(of)))
		}
		content = replaced(content, mediaType, of)
	}
	if len(content) == 0 {
		return x
	}
	return replaced(x, "content", content)
}

// schemaOf returns the schema of a parameter or a media type, the one that accepts anything if there is none.
func schemaOf(o object) object {
	if schema := o.Object("schema"); schema != nil {
		return schema
	}
	return object{}
}

// joinedSecurity returns the requirements of all sites: either is accepted.
func (d document) joinedSecurity(sites []site) []any {
	out := []any{}
	for _, s := range sites {
		requirements := d.security(s.object)
		if len(requirements) == 0 {
			requirements = []any{object{}} // it requires nothing
		}
		for _, r := range requirements {
			if !slices.ContainsFunc(out, func(there any) bool { return fmt.Sprint(there) == fmt.Sprint(r) }) {
				out = append(out, r)
			}
		}
	}
	return out
}

// security returns the requirements of an operation, its own or those of the document.
func (d document) security(operation object) []any {
	if own, isOwn := operation.Get("security").([]any); isOwn {
		return own
	}
	return d.root.List("security")
}

// replaced returns an object with another value of a member, which it may lack.
func replaced(o object, key string, value any) object {
	out := slices.Clone(o)
	for i := range out {
		if out[i].Key == key {
			out[i].Value = value
			return out
		}
	}
	out.Set(key, value)
	return out
}

// paths returns the paths of sites in order.
func paths(sites []site) []string {
	out := make(map[string]bool)
	for _, s := range sites {
		out[s.path] = true
	}
	return slices.Sorted(maps.Keys(out))
}
