package overlay

import (
	"slices"
	"strconv"
	"strings"

	"akita/internal/compare"
	"akita/internal/facts"
	"akita/internal/jsonschema"
)

// add adds what calls show of an operation that is declared.
func (p *patch) add(f compare.Finding) bool {
	c := f.Change
	of := p.inferred(c.Endpoints, f.Path)
	response := of.Object("responses").Object(strconv.Itoa(f.Status))
	switch f.Subject {
	case compare.Status:
		return p.update(c.Operation.At, one("responses", one(f.Value, response)))
	case compare.Header:
		return p.update(c.At, one("headers", one(c.Name, response.Object("headers").Object(c.Name))))
	case compare.Parameter:
		for _, v := range of.List("parameters") {
			if o, ok := v.(object); ok && o.Text("in") == c.In && o.Text("name") == c.Name {
				return p.update(c.At, one("parameters", []any{withoutRequired(o)}))
			}
		}
		return false
	case compare.MediaType:
		body := response
		if f.Status == 0 {
			body = of.Object("requestBody")
		}
		content := one("content", one(f.Value, body.Object("content").Object(f.Value)))
		if f.Status == 0 && c.At == c.Operation.At {
			return p.update(c.At, one("requestBody", content))
		}
		return p.update(c.At, content)
	}
	return p.field(f)
}

// field adds a field of a body.
func (p *patch) field(f compare.Finding) bool {
	c := f.Change
	schema := p.body(f)
	at := c.Schema.FieldsAt()
	if types := c.Schema.Types(); types != nil && !slices.Contains(types, "object") {
		return true // the schema has to accept objects first, and then it accepts any field
	}
	if c.Name == "" {
		if slices.Contains(c.Schema.EntriesAt(), at) {
			p.remove([]string{at}, name("additionalProperties"))
		}
		return p.update(at, one("additionalProperties", or(below(schema, c.Key))))
	}
	return p.property(at, c.Name, or(below(schema, c.Key)))
}

// property adds a field to an object. One that several operations show, which refer to one schema, accepts
// what any of them shows.
func (p *patch) property(at, field string, schema object) bool {
	if at == "" {
		return false
	}
	key := at + name(field)
	i, isThere := p.fields[key]
	if isThere {
		there, _ := p.overlay.Actions[i].Update.(object)
		schema = Join(there.Object("properties").Object(field), schema)
		p.overlay.Actions[i].Update = one("properties", one(field, schema))
		return true
	}
	p.fields[key] = len(p.overlay.Actions)
	return p.update(at, one("properties", one(field, schema)))
}

// or returns a schema, the one that accepts anything for nil.
func or(schema object) object {
	if schema == nil {
		return object{}
	}
	return schema
}

// withoutRequired returns a parameter that calls may leave out: that all had it may be chance.
func withoutRequired(parameter object) object {
	var out object
	for key, value := range parameter.All() {
		if key != "required" {
			out.Set(key, value)
		}
	}
	return out
}

// below returns the schema of a place in a schema, nil if there is none.
func below(schema object, k facts.Key) object {
	at := k.At()
	if at.Kind == facts.MediaType {
		return schema
	}
	return search(below(schema, at.Parent()), func(s object) object {
		switch at.Kind {
		case facts.Items:
			return s.Object("items")
		case facts.Entries:
			return s.Object("additionalProperties")
		}
		return s.Object("properties").Object(at.Last())
	})
}

// search returns what is found in a schema, or in one of its variants.
func search(schema object, find func(object) object) object {
	if found := find(schema); found != nil {
		return found
	}
	for _, keyword := range []string{"oneOf", "anyOf", "allOf"} {
		for _, variant := range schema.List(keyword) {
			if of, ok := variant.(object); ok {
				if found := search(of, find); found != nil {
					return found
				}
			}
		}
	}
	return nil
}

// dialect returns a part of an inferred document, which is OpenAPI 3.1, in the version of the document.
func (p *patch) dialect(value any) any {
	if !strings.HasPrefix(p.document.Version, "3.0") {
		return value
	}
	switch v := value.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = p.dialect(v[i])
		}
		return out
	case object:
		return p.old(v)
	}
	return value
}

// old returns an object whose schemas are those of OpenAPI 3.0.
func (p *patch) old(v object) object {
	var out object
	for _, m := range v {
		switch list, isList := m.Value.([]any); {
		case m.Key == "type" && isList:
			out = append(out, oldTypes(list)...)
		case m.Key == "type" && m.Value == "null":
			out.Set("nullable", true)
		case m.Key == "const":
			out.Set("enum", []any{m.Value})
		case m.Key == "examples", m.Key == "contentMediaType", m.Key == "contentEncoding", m.Key == "propertyNames",
			m.Key == "patternProperties":
		default:
			out.Set(m.Key, p.dialect(m.Value))
		}
	}
	return out
}

// oldTypes writes a list of types without lists of types.
func oldTypes(types []any) (out object) {
	var variants []any
	isNullable := false
	for _, t := range types {
		if t == "null" {
			isNullable = true
			continue
		}
		variants = append(variants, one("type", t))
	}
	if len(variants) == 1 {
		out = variants[0].(jsonschema.Object)
	} else if len(variants) > 1 {
		out.Set("anyOf", variants)
	}
	if isNullable {
		out.Set("nullable", true)
	}
	return out
}
