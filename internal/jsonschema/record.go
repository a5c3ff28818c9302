package jsonschema

import (
	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// objects writes one schema for the objects of s, or one for each kind of them.
func (w Writer) objects(name string, s *shape.Shape) []Object {
	if w.selves[s] {
		return []Object{w.self}
	}
	if s.Object == nil {
		return []Object{{{"type", "object"}}}
	}
	if sum, selves := unroll(s); selves != nil {
		w.selves = selves
		return []Object{w.recursive(name, sum)}
	}
	o := s.Object
	if values := wordMap(o, s.Objs); values != nil {
		return []Object{{{"type", "object"}, {"additionalProperties", w.apart().Value(name, values)}}}
	}
	var kinds []*objectKind
	if !w.subject.Error {
		kinds = tagged(o)
	}
	if kinds == nil && !w.subject.Error {
		kinds = polymorphic(o.KeySets(s.Objs))
	}
	if kinds == nil {
		kinds = alternatives(o.KeySets(s.Objs))
	}
	if kinds == nil {
		return []Object{w.record(name, o, s.Objs, nil)}
	}
	var out []Object
	for _, kind := range kinds {
		of := o
		if kind.object != nil {
			of = kind.object
		}
		kind.whole = s
		out = append(out, w.record(name, of, kind.count, kind))
	}
	return out
}

// recursive writes a record that contains itself: a component that refers to itself.
func (w Writer) recursive(name string, sum *shape.Shape) Object {
	if w.config.Components == nil {
		w.self = Object{{"type", "object"}, {"x-akita-recursive", true}}
		return w.apart().record(name, sum.Object, sum.Objs, nil)
	}
	w.config.Components.recursive(recordName(name, w.subject.Name), func(component string) Object {
		w.self = refTo(component)
		return w.apart().record(name, sum.Object, sum.Objs, nil)
	})
	return w.self
}

// record writes the objects of one kind, or all objects if kind is nil. count is their number, and
// name is the name of their field.
func (w Writer) record(name string, o *shape.Object, count uint64, kind *objectKind) Object {
	if kind != nil {
		w.refused = nil // refused objects may be of another kind, so they prove nothing
	}
	out := Object{{"type", "object"}}
	var properties Object
	var required []any
	for _, f := range o.Fields {
		seen := f.Shape.Count()
		if kind != nil && kind.object == nil {
			if seen = kind.fields[f.Name]; seen == 0 {
				continue
			}
		}
		inner := w.below(f.Name)
		inner.above = name
		inner.subject.Secret = w.subject.Secret || names.IsSecret(f.Name) ||
			f.Shape.Objs > 0 && names.IsPersonal(f.Name)
		value := inner.Value(f.Name, f.Shape)
		if kind != nil && f.Name == kind.tag && kind.values != nil && w.mayKeep(f.Name) {
			value = Object{{"type", "string"}, {"enum", kind.values}}
		}
		if !w.config.Plain {
			value = withPresence(value, seen, count)
		}
		properties.Set(f.Name, value)
		tag := kind != nil && f.Name == kind.tag && !w.isPartial()
		if tag && seen >= count || w.requires(f.Name, seen >= count, max(count, kind.sharing(f.Name), w.sharing(f.Name))) {
			required = append(required, f.Name)
		}
	}
	if len(properties) > 0 {
		out.Set("properties", properties)
	}
	if len(required) > 0 {
		out.Set("required", required)
	}
	if o.Values != nil {
		entries := w.apart()
		entries.isEntry = true
		out.Set("additionalProperties", entries.Value(name, o.Values))
		if f := formatOf("", o.Keys, o.Keys.Strs, false); f != 0 && f < format.Weak && len(properties) == 0 {
			out.Set("propertyNames", Object{{"format", f.String()}})
		}
	}
	if !w.config.Plain && kind != nil {
		out.Set("x-akita-seen", count)
	}
	return out
}

// mayKeep reports whether the values of a field may be written.
func (w Writer) mayKeep(name string) bool {
	return !w.subject.Secret && !names.IsPrivate(name) && !names.IsUserChosen(name)
}
