package apimodel

import (
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/shape"
)

// objects writes the objects of s: one schema, or one for each of the kinds in which
// they came.
func (w schemaWriter) objects(name string, s *shape.Shape) []object {
	if w.selves[s] {
		return []object{w.self}
	}
	if s.Object == nil {
		return []object{{{"type", "object"}}}
	}
	if sum, selves := unroll(s); selves != nil {
		w.selves = selves
		return []object{w.recursive(name, sum)}
	}
	o := s.Object
	if values := wordMap(o, s.Objs); values != nil {
		return []object{{{"type", "object"}, {"additionalProperties", w.value(name, values)}}}
	}
	var kinds []*objectKind
	if !w.failed {
		kinds = tagged(o)
	}
	if kinds == nil && !w.failed {
		kinds = polymorphic(o.KeySets(s.Objs))
	}
	if kinds == nil {
		kinds = alternatives(o.KeySets(s.Objs))
	}
	if kinds == nil {
		return []object{w.record(name, o, s.Objs, nil)}
	}
	var out []object
	for _, kind := range kinds {
		of := o
		if kind.object != nil {
			of = kind.object
		}
		out = append(out, w.record(name, of, kind.count, kind))
	}
	return out
}

// recursive writes a record that stands in itself: as a component that refers to itself.
func (w schemaWriter) recursive(name string, sum *shape.Shape) object {
	if w.shared == nil {
		w.self = object{{"type", "object"}, {"x-akita-recursive", true}}
		return w.record(name, sum.Object, sum.Objs, nil)
	}
	component := w.shared.reserve(recordName(name, w.about))
	w.self = refTo(component)
	w.shared.schemas[component] = w.record(name, sum.Object, sum.Objs, nil)
	return w.self
}

// record writes one kind of object, all of them for kind nil; name is the field's that it
// stands under.
func (w schemaWriter) record(name string, o *shape.Object, count uint64, kind *objectKind) object {
	out := object{{"type", "object"}}
	var properties object
	var required []any
	for _, f := range o.Fields {
		seen := f.Shape.Count()
		if kind != nil && kind.object == nil {
			if seen = kind.fields[f.Name]; seen == 0 {
				continue
			}
		}
		inner := w
		inner.secret = w.secret || names.IsSecret(f.Name) || f.Shape.Objs > 0 && names.IsPersonal(f.Name)
		value := inner.value(f.Name, f.Shape)
		if kind != nil && f.Name == kind.tag && kind.values != nil && !w.secret && !names.IsPrivate(f.Name) {
			value = object{{"type", "string"}, {"enum", kind.values}}
		}
		if !w.plain {
			value = withPresence(value, seen, count)
		}
		properties.set(f.Name, value)
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
		out.set("additionalProperties", w.value(name, o.Values))
		if f := formatOf("", o.Keys, o.Keys.Strs); f != 0 && f < format.Weak && len(properties) == 0 {
			out.set("propertyNames", object{{"format", f.String()}})
		}
	}
	if !w.plain && kind != nil {
		out.set("x-akita-seen", count)
	}
	return out
}

// tagged tells kinds of objects by a field that names them, such as "type"; nil where there
// is none, or where it makes no difference to what else is in them.
func tagged(o *shape.Object) []*objectKind {
	var kinds []*objectKind
	for _, t := range o.Tags {
		if t.Object == nil {
			return nil
		}
		kinds = append(kinds, &objectKind{count: t.Count, tag: t.Field, values: []any{t.Value}, object: t.Object})
	}
	kinds = joinAlike(kinds)
	if len(kinds) < 2 || len(kinds) > maxKinds {
		return nil
	}
	once := !slices.ContainsFunc(o.Tags, func(t shape.Tag) bool { return t.Count > 1 })
	for _, kind := range kinds {
		if few := kind.count < uint64(len(kind.values)*minEnumEach); once || few && !names.IsChoice(kind.tag) {
			kind.values = nil // seen once, it may be anything
		}
	}
	return kinds
}

// joinAlike joins the kinds that nothing but their tag tells apart.
func joinAlike(kinds []*objectKind) []*objectKind {
	var out []*objectKind
	for _, kind := range kinds {
		out = slices.DeleteFunc(out, func(other *objectKind) bool {
			if other.differs(kind) {
				return false
			}
			kind = other.joined(kind)
			return true
		})
		out = append(out, kind)
	}
	return out
}

// joined is both kinds as one.
func (k *objectKind) joined(other *objectKind) *objectKind {
	object := &shape.Shape{Objs: k.count, Object: k.object.Clone(k.count)}
	object.Merge(&shape.Shape{Objs: other.count, Object: other.object})
	values := append(slices.Clone(k.values), other.values...)
	return &objectKind{count: object.Objs, tag: k.tag, values: values, object: object.Object}
}

// differs reports whether something is always in the objects of one kind and never in those
// of the other, at whatever depth, and in so many that it is no optional field.
func (k *objectKind) differs(other *objectKind) bool {
	a, b := hasOwn(k.object, k.count, other.object), hasOwn(other.object, other.count, k.object)
	needed := uint64(minOneSided)
	if a && b {
		needed = minTwoSided
	}
	if !names.IsKind(k.tag) {
		needed *= 2
	}
	return (a || b) && k.count+other.count >= needed || differInside(k.object, k.count, other.object, other.count)
}

// How many objects of two kinds tell that a field which only one of them has is not just
// optional: fewer where each has one, twice as many where the name of the tag says little.
const (
	minOneSided = 6
	minTwoSided = 2
)

// hasOwn reports whether all n objects of p have a field that those of q never have.
func hasOwn(p *shape.Object, n uint64, q *shape.Object) bool {
	return slices.ContainsFunc(p.Fields, func(f shape.Field) bool { return f.Shape.Count() == n && q.Fields.Get(f.Name) == nil })
}

// differInside looks for such a difference in the records that always stand in both.
func differInside(p *shape.Object, n uint64, q *shape.Object, m uint64) bool {
	for _, f := range p.Fields {
		a, b := f.Shape, q.Fields.Get(f.Name)
		if b == nil || a.Objs != n || b.Objs != m || n < minInside || m < minInside {
			continue
		}
		if hasOwn(a.Object, n, b.Object) && hasOwn(b.Object, m, a.Object) || differInside(a.Object, n, b.Object, m) {
			return true
		}
	}
	return false
}

// minInside is how many objects of a kind tell that a field inside of them is always there: one
// object may hold a map.
const minInside = 2

// maxKinds bounds the kinds of objects at one place.
const maxKinds = 12

// objectKind is a group of combinations of fields that are much the same.
type objectKind struct {
	count  uint64
	fields map[string]uint64 // in how many of the objects
	tag    string            // the field that names the kind; "" where none does
	values []any             // and its values
	object *shape.Object     // what the objects are summed up to, where a field names the kind
}

// sameKind is the share of fields that two combinations of one kind have in common at least.
const sameKind = 0.5

// polymorphic groups the combinations of fields into kinds of objects; nil where they
// are all one kind with optional fields. Kinds share a field that all of them always
// have (what they are all about), and have fields of their own.
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
			if !slices.ContainsFunc(names[i], func(other map[string]bool) bool { return jaccard(own, other) >= sameKind }) {
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
	if len(kinds) < 2 || len(kinds) > 6 || !shareField(kinds) || !standApart(kinds) {
		return nil
	}
	return kinds
}

// minOwn is how many fields each of two kinds has that the other never has: a single one may be
// an optional field.
const minOwn = 2

// standApart reports whether every two kinds have enough fields of their own.
func standApart(kinds []*objectKind) bool {
	own := func(a, b *objectKind) (n int) {
		for name := range a.fields {
			if b.fields[name] == 0 {
				n++
			}
		}
		return n
	}
	for i, a := range kinds {
		for _, b := range kinds[i+1:] {
			if own(a, b)+own(b, a) < 2*minOwn {
				return false
			}
		}
	}
	return true
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

// jaccard returns the share of all names that are in both sets.
func jaccard(a, b map[string]bool) float64 {
	both := 0
	for name := range a {
		if b[name] {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
