package jsonschema

import (
	"slices"

	"akita/internal/format"
	"akita/internal/shape"
)

// schema writes the schema of values without evidence.
func (w Writer) schema(name string, s *shape.Shape) Object {
	var variants []Object
	if s.Bools > 0 {
		variants = append(variants, Object{{"type", "boolean"}})
	}
	switch {
	case s.Nums > 0:
		variants = append(variants, Object{{"type", "number"}})
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

// union joins the variants of one value. Without variants, any value is valid. One variant is the
// schema itself. Several that are only types become a list of types, and all others oneOf or, if they
// overlap, anyOf.
func union(variants []Object, nullable, opaque bool) Object {
	switch {
	case opaque || len(variants) == 0 && !nullable:
		return Object{}
	case len(variants) == 0:
		return Object{{"type", "null"}}
	case len(variants) == 1 && !nullable:
		return variants[0]
	case len(variants) == 1 && variants[0][0].Key == "type":
		v := slices.Clone(variants[0])
		v[0].Value = []any{v[0].Value, "null"}
		for i := range v {
			if v[i].Key == "enum" {
				v[i].Value = append(slices.Clone(v[i].Value.([]any)), nil)
			}
		}
		return v
	}
	var types, all []any
	for _, v := range variants {
		if len(v) == 1 && v[0].Key == "type" {
			types = append(types, v[0].Value)
		}
		all = append(all, v)
	}
	if len(types) == len(variants) && len(types) > 0 {
		if nullable {
			types = append(types, "null")
		}
		return Object{{"type", types}}
	}
	if nullable {
		all = append(all, Object{{"type", "null"}})
	}
	if !exclusive(variants) {
		return Object{{"anyOf", all}}
	}
	return Object{{"oneOf", all}}
}

// exclusive reports whether no object fits two variants: each requires a property that the other
// does not have, or a property that both require has different values.
func exclusive(variants []Object) bool {
	for i, a := range variants {
		for _, b := range variants[i+1:] {
			areObjects := a.Get("type") == "object" && b.Get("type") == "object"
			if areObjects && !(requiresOwn(a, b) && requiresOwn(b, a)) && !differInEnum(a, b) {
				return false
			}
		}
	}
	return true
}

// requiresOwn reports whether a requires a property that b does not have.
func requiresOwn(a, b Object) bool {
	properties := b.Object("properties")
	for _, name := range a.List("required") {
		if name, ok := name.(string); ok && properties.Get(name) == nil {
			return true
		}
	}
	return false
}

// differInEnum reports whether a property that a requires has no value in common with b's.
func differInEnum(a, b Object) bool {
	own, others := a.Object("properties"), b.Object("properties")
	for _, name := range a.List("required") {
		name, _ := name.(string)
		members, foreign := own.Object(name).List("enum"), others.Object(name).List("enum")
		isShared := func(m any) bool { return slices.Contains(foreign, m) }
		if members != nil && foreign != nil && !slices.ContainsFunc(members, isShared) {
			return true
		}
	}
	return false
}

func integer(name string, s *shape.Shape) Object {
	o := Object{{"type", "integer"}}
	if f := integerFormat(name, s); f != 0 {
		o.Set("format", f.String())
		return o
	}
	switch width := s.Widths.Max(); {
	case width > 1<<63-1 || s.Widths>>63 != 0:
	case s.Widths >= 1<<32:
		o.Set("format", "int64")
	}
	return o
}

func (w Writer) str(name string, s *shape.Shape) Object {
	o := Object{{"type", "string"}}
	f := stringFormat(name, s)
	if f == 0 || f > format.Weak {
		if members := w.enum(name, s); members != nil {
			o.Set("enum", members)
			return o
		}
	}
	if f != 0 {
		o.Set("format", f.String())
	}
	return o
}

func (w Writer) array(name string, s *shape.Shape) Object {
	o := Object{{"type", "array"}}
	if s.Items == nil {
		o.Set("items", Object{})
		return o
	}
	items := w.inside()
	items.whole = areWhole(s)
	o.Set("items", items.Value(name, s.Items))
	return o
}
