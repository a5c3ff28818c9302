package apimodel

import (
	"slices"

	"akita/internal/format"
	"akita/internal/shape"
)

// Schema is a JSON Schema 2020-12 as OpenAPI 3.1 takes it.
type Schema struct{ root object }

// MarshalJSON implements json.Marshaler.
func (s *Schema) MarshalJSON() ([]byte, error) { return s.root.MarshalJSON() }

// schemaWriter writes shapes as schemas.
type schemaWriter struct {
	plain  bool                  // without x-akita-* extensions
	shared *components           // nil: everything is written where it stands
	slugs  slugs                 // words that stood for parameters of paths
	about  string                // what the body that is written is of: a name for a component
	secret bool                  // what is written is about a secret: no literal of it is kept
	failed bool                  // what is written is of an error: a type there names the error, and its fields are optional
	self   object                // what to write for a record that stands in itself,
	selves map[*shape.Shape]bool // and where it does
}

// text writes the shape of values that travel as text (parameters, form fields): where
// they do not all read as the same type they are strings.
func (w schemaWriter) text(name string, s *shape.Shape) object {
	t := *s.Clone()
	if t.Strs == t.Empties && t.Count() > t.Strs {
		// What is empty was not given: "?page=" does not make page a string.
		t.Strs, t.Empties, t.Lengths = 0, 0, 0
	}
	kinds := 0
	for _, n := range []uint64{t.Bools, t.Ints + t.Nums, t.Strs} {
		if n > 0 {
			kinds++
		}
	}
	if kinds > 1 {
		t = shape.Shape{Strs: t.Count(), Lengths: t.Lengths}
	}
	return w.withEvidence(w.schema(name, &t), s)
}

// param writes a parameter's or form field's schema; one that was repeated is an array.
func (w schemaWriter) param(name string, p *param) object {
	one := w.text(name, p.Shape)
	if p.Repeated == 0 {
		return one
	}
	return object{{"type", "array"}, {"items", one}}
}

// value writes the schema of the values that s sums up, with its evidence; name is the
// field's, "" for none.
func (w schemaWriter) value(name string, s *shape.Shape) object {
	if s == nil {
		return object{}
	}
	return w.withEvidence(w.schema(name, s), s)
}

func (w schemaWriter) schema(name string, s *shape.Shape) object {
	var variants []object
	if s.Bools > 0 {
		variants = append(variants, object{{"type", "boolean"}})
	}
	switch {
	case s.Nums > 0:
		variants = append(variants, object{{"type", "number"}})
	case s.Ints > 0:
		variants = append(variants, integer(name, s))
	}
	if s.Strs > 0 {
		variants = append(variants, w.str(name, s))
	}
	if s.Arrs > 0 {
		variants = append(variants, w.array(name, s))
	}
	if s.Objs > 0 || w.selves[s] {
		variants = append(variants, w.objects(name, s)...)
	}
	return union(variants, s.Nulls > 0, s.Opaques > 0)
}

// union joins the variants of one value: none is anything, one is itself, several types
// without more to say are a list of types, everything else is oneOf.
func union(variants []object, nullable, opaque bool) object {
	switch {
	case opaque || len(variants) == 0 && !nullable:
		return object{}
	case len(variants) == 0:
		return object{{"type", "null"}}
	case len(variants) == 1 && !nullable:
		return variants[0]
	case len(variants) == 1 && variants[0][0].key == "type":
		v := slices.Clone(variants[0])
		v[0].value = []any{v[0].value, "null"}
		for i := range v {
			if v[i].key == "enum" {
				v[i].value = append(slices.Clone(v[i].value.([]any)), nil)
			}
		}
		return v
	}
	var types, all []any
	for _, v := range variants {
		if len(v) == 1 && v[0].key == "type" {
			types = append(types, v[0].value)
		}
		all = append(all, v)
	}
	if len(types) == len(variants) && len(types) > 0 {
		if nullable {
			types = append(types, "null")
		}
		return object{{"type", types}}
	}
	if nullable {
		all = append(all, object{{"type", "null"}})
	}
	if !exclusive(variants) {
		return object{{"anyOf", all}}
	}
	return object{{"oneOf", all}}
}

// exclusive reports whether no object fits two of the variants: each requires a field that the
// other does not have, or they differ in the values of a field that both require.
func exclusive(variants []object) bool {
	for i, a := range variants {
		for _, b := range variants[i+1:] {
			if a.get("type") == "object" && b.get("type") == "object" && !(requiresOwn(a, b) && requiresOwn(b, a)) && !differInEnum(a, b) {
				return false
			}
		}
	}
	return true
}

func requiresOwn(a, b object) bool {
	required, _ := a.get("required").([]any)
	properties, _ := b.get("properties").(object)
	for _, name := range required {
		if name, ok := name.(string); ok && properties.get(name) == nil {
			return true
		}
	}
	return false
}

func differInEnum(a, b object) bool {
	required, _ := a.get("required").([]any)
	own, _ := a.get("properties").(object)
	others, _ := b.get("properties").(object)
	for _, name := range required {
		name, _ := name.(string)
		p, _ := own.get(name).(object)
		q, _ := others.get(name).(object)
		members, ok := p.get("enum").([]any)
		foreign, ok2 := q.get("enum").([]any)
		if ok && ok2 && !slices.ContainsFunc(members, func(m any) bool { return slices.Contains(foreign, m) }) {
			return true
		}
	}
	return false
}

func integer(name string, s *shape.Shape) object {
	o := object{{"type", "integer"}}
	if f := formatOf(name, s, s.Ints); f != 0 {
		o.set("format", f.String())
		return o
	}
	switch width := s.Widths.Max(); {
	case width > 1<<63-1 || s.Widths>>63 != 0:
	case s.Widths >= 1<<32:
		o.set("format", "int64")
	}
	return o
}

func (w schemaWriter) str(name string, s *shape.Shape) object {
	o := object{{"type", "string"}}
	f := formatOf(name, s, s.Strs-s.Empties)
	if f == 0 || f > format.Weak {
		if members := w.enum(name, s); members != nil {
			o.set("enum", members)
			return o
		}
	}
	if f != 0 {
		o.set("format", f.String())
	}
	return o
}

func (w schemaWriter) array(name string, s *shape.Shape) object {
	o := object{{"type", "array"}}
	if s.Items == nil {
		o.set("items", object{})
		return o
	}
	o.set("items", w.value(name, s.Items))
	return o
}
