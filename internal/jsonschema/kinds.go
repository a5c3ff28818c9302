package jsonschema

import (
	"slices"
	"strings"

	"akita/internal/names"
	"akita/internal/shape"
)

// tagged returns the kinds of objects that a field, such as "type", names. It returns nil if no field
// does, or if the objects of all kinds have the same fields.
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
			kind.values = nil // a value that was seen once may be anything
		}
	}
	return kinds
}

// joinAlike joins the kinds that differ in nothing but their tag.
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

// joined returns both kinds as one.
func (k *objectKind) joined(other *objectKind) *objectKind {
	object := &shape.Shape{Objs: k.count, Object: k.object.Clone(k.count)}
	object.Merge(&shape.Shape{Objs: other.count, Object: other.object})
	values := append(slices.Clone(k.values), other.values...)
	return &objectKind{count: object.Objs, tag: k.tag, values: values, object: object.Object}
}

// differs reports whether a field, at any depth, is always in the objects of one kind and never in
// those of the other. There must be enough objects to rule out that the field is just optional.
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

// The numbers of objects of two kinds that show that a field of only one kind is not just optional:
// fewer if each kind has such a field, twice as many if the name of the tag is not a sure one.
const (
	minOneSided = 6
	minTwoSided = 2
)

// hasOwn reports whether all n objects of p have a field that those of q never have.
func hasOwn(p *shape.Object, n uint64, q *shape.Object) bool {
	return slices.ContainsFunc(p.Fields, func(f shape.Field) bool {
		return f.Shape.Count() == n && q.Fields.Get(f.Name) == nil
	})
}

// differInside looks for such a difference in the records that both kinds always have.
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

// minInside is the number of objects of a kind that shows that a field inside them is always
// present. A single object may hold a map.
const minInside = 2

// maxKinds bounds the kinds of objects under one name.
const maxKinds = 12

// objectKind is one kind of the objects under one name.
type objectKind struct {
	count  uint64
	fields map[string]uint64 // how many of the objects have a field
	tag    string            // the field that names the kind, "" if none does
	values []any             // the values of tag
	object *shape.Object     // the sum of the objects if a field names the kind, else nil
	whole  *shape.Shape      // the objects of all kinds
}

// sharing returns the number of objects of all kinds if all of them have a field, else 0.
func (k *objectKind) sharing(name string) uint64 {
	if k == nil {
		return 0
	}
	if f := k.whole.Object.Fields.Get(name); f == nil || f.Count() < k.whole.Objs {
		return 0
	}
	return k.whole.Objs
}

// sameKind is the share of common fields from which on two combinations of fields are of one kind.
const sameKind = 0.5

// polymorphic groups combinations of fields into kinds of objects. It returns nil if they are one kind
// with optional fields. Kinds have at least one field in common that is always present, and each has
// fields of its own.
func polymorphic(sets []shape.KeySet) []*objectKind {
	if len(sets) < 2 {
		return nil
	}
	var kinds []*objectKind
	var names [][]map[string]bool // by kind, the combinations in it
	for _, set := range sets {
		own := make(map[string]bool)
		for name := range strings.SplitSeq(set.Names, "\n") {
			own[name] = true
		}
		var into *objectKind
		for i := 0; i < len(kinds); i++ {
			isSame := func(other map[string]bool) bool { return jaccard(own, other) >= sameKind }
			if !slices.ContainsFunc(names[i], isSame) {
				continue
			}
			if into == nil {
				into = kinds[i]
				names[i] = append(names[i], own)
				continue
			}
			// The combination belongs to two kinds: they are one.
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

// minOwn is the least number of fields that each of two kinds has and the other never has. A single
// one may be optional.
const minOwn = 2

// standApart reports whether any two kinds have enough fields of their own.
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

// shareField reports whether a field is always present in every kind.
func shareField(kinds []*objectKind) bool {
	for name, n := range kinds[0].fields {
		isMissing := func(k *objectKind) bool { return k.fields[name] != k.count }
		if name != "" && n == kinds[0].count && !slices.ContainsFunc(kinds[1:], isMissing) {
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
