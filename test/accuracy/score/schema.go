package score

import (
	"maps"
	"slices"
)

// schema is the description of one place: its alternatives, with references, allOf, oneOf and
// anyOf resolved.
type schema struct {
	alternatives []object
	null         bool
	tagged       bool // has a discriminator
	joined       bool // of several records that are variants of one place
}

const maxNesting = 12

func (d *document) schema(of ...any) schema {
	var s schema
	for _, v := range of {
		s.add(d, v, 0)
	}
	return s
}

func (s *schema) add(d *document, v any, depth int) {
	o := d.merged(d.resolve(v), depth)
	if o["discriminator"] != nil {
		s.tagged = true
	}
	s.null = s.null || o["nullable"] == true
	nested := append(slices.Clone(asList(o["oneOf"])), asList(o["anyOf"])...)
	if len(nested) > 0 && depth < maxNesting {
		for _, one := range nested {
			s.add(d, one, depth+1)
		}
		return
	}
	types := typesOf(o)
	if slices.Contains(types, "null") {
		s.null = true
		if len(types) == 1 {
			return
		}
	}
	s.alternatives = append(s.alternatives, o)
}

// merged returns a schema with the members of its allOf.
func (d *document) merged(o object, depth int) object {
	parts := asList(o["allOf"])
	if len(parts) == 0 || depth >= maxNesting {
		return o
	}
	out := maps.Clone(o)
	delete(out, "allOf")
	properties := maps.Clone(asObject(o["properties"]))
	required := asList(o["required"])
	for _, part := range parts {
		p := d.merged(d.resolve(part), depth+1)
		for key, value := range p {
			if _, ok := out[key]; !ok {
				out[key] = value
			}
		}
		if properties == nil {
			properties = make(object)
		}
		maps.Copy(properties, asObject(p["properties"]))
		required = append(slices.Clone(required), asList(p["required"])...)
	}
	if len(properties) > 0 {
		out["properties"] = properties
	}
	out["required"] = required
	return out
}

// typesOf returns the types of one alternative, including null.
func typesOf(o object) []string {
	switch t := o["type"].(type) {
	case string:
		return []string{t}
	case []any:
		return texts(t)
	}
	switch {
	case o["properties"] != nil || asObject(o["additionalProperties"]) != nil:
		return []string{"object"}
	case o["items"] != nil:
		return []string{"array"}
	case o["const"] != nil || len(asList(o["enum"])) > 0:
		return typesOfValues(o)
	}
	return nil
}

func typesOfValues(o object) []string {
	values := asList(o["enum"])
	if c := o["const"]; c != nil {
		values = append(values, c)
	}
	seen := make(map[string]bool)
	for _, v := range values {
		switch v.(type) {
		case string:
			seen["string"] = true
		case float64:
			seen["number"] = true
		case bool:
			seen["boolean"] = true
		case nil:
			seen["null"] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// types returns the types of all alternatives without null. Number covers integer.
func (s *schema) types() []string {
	seen := make(map[string]bool)
	for _, a := range s.alternatives {
		for _, t := range typesOf(a) {
			seen[t] = true
		}
	}
	delete(seen, "null")
	if seen["number"] {
		delete(seen, "integer")
	}
	return slices.Sorted(maps.Keys(seen))
}

// formats returns the formats of strings and integers, but not the widths of numbers.
func (s *schema) formats() []string {
	var out []string
	for _, a := range s.alternatives {
		for _, key := range []string{"format", "x-akita-format"} {
			switch f := text(a[key]); f {
			case "", "int32", "int64", "uint32", "uint64", "int8", "int16", "uint8", "uint16", "float", "double", "double-int":
			default:
				out = append(out, f)
			}
		}
	}
	return out
}

// enum returns the members if every alternative of type string has an enum.
func (s *schema) enum() []string {
	var out []string
	for _, a := range s.alternatives {
		if !slices.Contains(typesOf(a), "string") {
			continue
		}
		members := texts(a["enum"])
		if c, ok := a["const"].(string); ok {
			members = append(members, c)
		}
		if len(members) == 0 {
			return nil
		}
		out = append(out, members...)
	}
	return out
}

// records returns the alternatives that have properties or are objects.
func (s *schema) records() []object {
	var out []object
	for _, a := range s.alternatives {
		if slices.Contains(typesOf(a), "object") {
			out = append(out, a)
		}
	}
	return out
}

// ofActions reports whether the records are those of actions that share one URL.
func (s *schema) ofActions() bool {
	return slices.ContainsFunc(s.records(), func(r object) bool { return r["x-akita-actions"] != nil })
}

// items returns the item schemas of all arrays.
func (s *schema) items() []any {
	var out []any
	for _, a := range s.alternatives {
		if items := asObject(a["items"]); len(items) > 0 {
			out = append(out, items)
		}
		out = append(out, asList(a["prefixItems"])...)
	}
	return out
}

// entries returns the entry schemas of all maps.
func (s *schema) entries() []any {
	var out []any
	for _, r := range s.records() {
		if entry := asObject(r["additionalProperties"]); len(entry) > 0 {
			out = append(out, entry)
		}
		for _, entry := range asObject(r["patternProperties"]) {
			out = append(out, entry)
		}
	}
	return out
}

// field returns the schemas of a property, and whether all records require it.
func (s *schema) field(name string) (schemas []any, required bool) {
	required = true
	for _, r := range s.records() {
		property, ok := asObject(r["properties"])[name]
		if ok {
			schemas = append(schemas, property)
		}
		required = required && ok && slices.Contains(texts(r["required"]), name)
	}
	return schemas, required
}

// names returns the names of all properties.
func (s *schema) names() []string {
	seen := make(map[string]bool)
	for _, r := range s.records() {
		for name := range asObject(r["properties"]) {
			seen[name] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
