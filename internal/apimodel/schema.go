package apimodel

import (
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/shape"
	"akita/internal/witness"
)

// Schema is a JSON Schema 2020-12 as OpenAPI 3.1 takes it.
type Schema struct{ root object }

// MarshalJSON implements json.Marshaler.
func (s *Schema) MarshalJSON() ([]byte, error) { return s.root.MarshalJSON() }

// schemaWriter writes shapes as schemas.
type schemaWriter struct {
	plain bool // without x-akita-* extensions
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
	return w.value(name, &t)
}

// param writes a parameter's or form field's schema; one that was repeated is an array.
func (w schemaWriter) param(name string, p *param) object {
	one := w.text(name, p.Shape)
	if p.Repeated == 0 {
		return one
	}
	return object{{"type", "array"}, {"items", one}}
}

// value writes the schema of the values that s sums up; name is the field's, "" for none.
func (w schemaWriter) value(name string, s *shape.Shape) object {
	if s == nil {
		return object{}
	}
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
	if s.Objs > 0 {
		variants = append(variants, w.objects(s)...)
	}
	out := union(variants, s.Nulls > 0, s.Opaques > 0)
	if !w.plain && len(out) > 0 {
		out.set("x-akita-seen", s.Count())
	}
	return out
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
	case len(variants) == 1:
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
		if len(v) == 1 {
			types = append(types, v[0].value)
		}
		all = append(all, v)
	}
	if len(types) == len(variants) {
		if nullable {
			types = append(types, "null")
		}
		return object{{"type", types}}
	}
	if nullable {
		all = append(all, object{{"type", "null"}})
	}
	return object{{"oneOf", all}}
}

func integer(name string, s *shape.Shape) object {
	o := object{{"type", "integer"}}
	if f := formatOf(name, s.Formats, s.Ints); f != 0 {
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
	f := formatOf(name, s.Formats, s.Strs-s.Empties)
	if f == 0 || f > format.Weak {
		if members := enum(name, s); members != nil {
			o.set("enum", members)
			return o
		}
	}
	if f != 0 {
		o.set("format", f.String())
	}
	return o
}

// An enum is a few words that came again and again.
const (
	maxEnumMembers = 12
	minEnumSeen    = 4 // strings in all
	minEnumEach    = 2 // strings per member on average
)

func enum(name string, s *shape.Shape) []any {
	if s.Enum == nil || s.Enum.Many || witness.IsSecretName(name) {
		return nil
	}
	n := uint64(len(s.Enum.Members))
	if !isKindName(name) && (n == 1 || isCode(s)) {
		return nil
	}
	if n == 0 || n > maxEnumMembers || s.Strs < minEnumSeen || s.Strs < n*minEnumEach {
		return nil
	}
	var members []any
	for _, m := range s.Enum.Members {
		members = append(members, m.Text)
	}
	return members
}

// isKindName tells names of fields whose few values are a choice, even where only one of
// them was seen.
func isKindName(name string) bool {
	for _, word := range nameWords(name) {
		switch word {
		case "type", "kind", "status", "state", "role", "currency", "mode", "level", "category", "object", "event", "action", "unit", "priority", "severity", "visibility", "scope", "phase", "stage", "tier", "plan", "gender", "typename", "algorithm", "method", "direction", "order", "sort":
			return true
		}
	}
	return false
}

// isCode reports whether all strings are codes of a list that is longer than what was seen.
func isCode(s *shape.Shape) bool {
	for _, f := range []format.Format{format.Country, format.Currency, format.Language} {
		if n := s.Formats.Of(f); n > 0 && n == s.Strs-s.Empties {
			return true
		}
	}
	return false
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

// objects writes the objects of s: one schema, or one for each of the kinds in which
// they came.
func (w schemaWriter) objects(s *shape.Shape) []object {
	o := s.Object
	if o == nil {
		return []object{{{"type", "object"}}}
	}
	kinds := polymorphic(o.KeySets(s.Objs))
	if kinds == nil {
		return []object{w.record(o, s.Objs, nil)}
	}
	var out []object
	for _, kind := range kinds {
		out = append(out, w.record(o, kind.count, kind))
	}
	return out
}

// record writes one kind of object, all of them for kind nil.
func (w schemaWriter) record(o *shape.Object, count uint64, kind *objectKind) object {
	out := object{{"type", "object"}}
	var properties object
	var required []any
	for _, f := range o.Fields {
		seen := f.Shape.Count()
		if kind != nil {
			if seen = kind.fields[f.Name]; seen == 0 {
				continue
			}
		}
		properties.set(f.Name, w.value(f.Name, f.Shape))
		if seen >= count {
			required = append(required, f.Name)
		}
	}
	if len(properties) > 0 {
		out.set("properties", properties)
	}
	if len(required) > 0 {
		out.set("required", required)
	}
	if o.Values != nil {
		out.set("additionalProperties", w.value("", o.Values))
		if f := formatOf("", o.Keys.Formats, o.Keys.Strs); f != 0 && len(properties) == 0 {
			out.set("propertyNames", object{{"format", f.String()}})
		}
	}
	return out
}

// objectKind is a group of combinations of fields that are much the same.
type objectKind struct {
	count  uint64
	fields map[string]uint64 // in how many of the objects
}

// polymorphic groups the combinations of fields into kinds of objects; nil where they
// are all one kind with optional fields. Kinds share a field that all of them always
// have (what they are all about), and each has fields of its own.
func polymorphic(sets []shape.KeySet) []*objectKind {
	if len(sets) < 2 {
		return nil
	}
	var kinds []*objectKind
	var names [][]map[string]bool // by kind, of the sets in it
	for _, set := range sets {
		own := make(map[string]bool)
		for name := range strings.SplitSeq(set.Names, "\n") {
			own[name] = true
		}
		var into *objectKind
		for i := 0; i < len(kinds); i++ {
			if !slices.ContainsFunc(names[i], func(other map[string]bool) bool { return jaccard(own, other) >= unlike }) {
				continue
			}
			if into == nil {
				into = kinds[i]
				names[i] = append(names[i], own)
				continue
			}
			// The set joins two kinds: they are one.
			at := slices.Index(kinds, into)
			names[at] = append(names[at], names[i]...)
			into.count += kinds[i].count
			for name, n := range kinds[i].fields {
				into.fields[name] += n
			}
			kinds, names = slices.Delete(kinds, i, i+1), slices.Delete(names, i, i+1)
			i--
		}
		if into == nil {
			into = &objectKind{fields: make(map[string]uint64)}
			kinds, names = append(kinds, into), append(names, []map[string]bool{own})
		}
		into.count += set.Count
		for name := range own {
			into.fields[name] += set.Count
		}
	}
	if len(kinds) < 2 || len(kinds) > 6 || !shareField(kinds) {
		return nil
	}
	return kinds
}

// shareField reports whether some field is always there in every kind.
func shareField(kinds []*objectKind) bool {
	for name, n := range kinds[0].fields {
		if name != "" && n == kinds[0].count && !slices.ContainsFunc(kinds[1:], func(k *objectKind) bool { return k.fields[name] != k.count }) {
			return true
		}
	}
	return false
}
