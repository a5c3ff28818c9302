package spectacular

import (
	"slices"
	"strings"

	"akita/internal/jsonschema"
)

type object = jsonschema.Object
type member = jsonschema.Member

// maxDepth bounds how deep references are followed.
const maxDepth = 40

// document is an OpenAPI document.
type document struct{ root object }

// target returns what a reference leads to, nil if that is not in the document.
func (d document) target(ref string) object {
	rest, ok := strings.CutPrefix(ref, "#/")
	if !ok {
		return nil
	}
	at := d.root
	for step := range strings.SplitSeq(rest, "/") {
		at = at.Object(strings.NewReplacer("~1", "/", "~0", "~").Replace(step))
	}
	return at
}

// resolved returns an object, or what it refers to.
func (d document) resolved(o object) object {
	for range maxDepth {
		ref := o.Text("$ref")
		if ref == "" {
			return o
		}
		o = d.target(ref)
	}
	return nil
}

// plain is a schema without what only wraps it.
type plain struct {
	object

	component  string // the name of the component, if the schema is one
	isNullable bool
}

// plain follows references, and unwraps what may also be null.
func (d document) plain(s object) plain {
	p := plain{object: s}
	for range maxDepth {
		inner := d.unwrapped(&p)
		if inner == nil {
			break
		}
		p.object = inner
	}
	types, isList := p.Get("type").([]any)
	if p.Get("nullable") == true || slices.Contains(types, any("null")) {
		p.isNullable = true
	}
	if isList {
		types = slices.DeleteFunc(slices.Clone(types), func(t any) bool { return t == "null" })
		if len(types) == 1 {
			p.object = p.set("type", types[0])
		}
	}
	if members := p.List("enum"); slices.Contains(members, nil) {
		p.isNullable = true
		p.object = p.set("enum", slices.DeleteFunc(slices.Clone(members), func(m any) bool { return m == nil }))
	}
	return p
}

// set returns an object with another value of a member.
func (p *plain) set(key string, value any) object {
	out := slices.Clone(p.object)
	for i := range out {
		if out[i].Key == key {
			out[i].Value = value
		}
	}
	return out
}

// unwrapped returns the schema in a reference, in an allOf of one, or beside null; nil if there is none.
func (d document) unwrapped(p *plain) object {
	if ref := p.Text("$ref"); ref != "" {
		p.component = ref[strings.LastIndex(ref, "/")+1:]
		return d.target(ref)
	}
	for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
		variants := p.List(keyword)
		if len(variants) == 0 || p.Get("type") != nil || p.Get("properties") != nil {
			continue
		}
		values := slices.DeleteFunc(slices.Clone(variants), d.isNull)
		if len(values) != 1 || keyword == "allOf" && len(variants) > 1 {
			continue
		}
		inner, ok := values[0].(object)
		if !ok {
			continue
		}
		p.isNullable = p.isNullable || len(values) < len(variants) || p.Get("nullable") == true
		for _, mark := range []string{"readOnly", "writeOnly"} {
			if p.Get(mark) == true && inner.Get(mark) == nil && inner.Text("$ref") == "" {
				inner = slices.Clone(inner).With(mark, true)
			}
		}
		return inner
	}
	return nil
}

// isNull reports whether a schema accepts null only.
func (d document) isNull(value any) bool {
	o, ok := value.(object)
	if !ok {
		return false
	}
	o = d.resolved(o)
	members := o.List("enum")
	return o.Get("type") == "null" || len(members) == 1 && members[0] == nil
}

// inlined returns a schema without references. One that contains itself accepts anything there.
func (d document) inlined(value any, within ...string) any {
	switch v := value.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = d.inlined(v[i], within...)
		}
		return out
	case object:
		if ref := v.Text("$ref"); ref != "" {
			of := d.target(ref)
			if of == nil || len(within) > maxDepth || slices.Contains(within, ref) {
				return object{}
			}
			return d.inlined(of, append(within[:len(within):len(within)], ref)...)
		}
		out := object{}
		for key, one := range v.All() {
			if !strings.HasPrefix(key, "x-") && key != "title" && key != "examples" {
				out.Set(key, d.inlined(one, within...))
			}
		}
		return out
	}
	return value
}
