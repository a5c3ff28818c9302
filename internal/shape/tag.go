package shape

import (
	"slices"
	"strings"

	"akita/internal/names"
)

// Tag sums up the objects of one kind: those with one value of a field that distinguishes kinds,
// such as "type". It holds that value, so it exists in offline use only.
type Tag struct {
	Field  string
	Value  string
	Count  uint64
	Object *Object // the objects of this kind; nil if it is the only kind
}

// maxTagLevels is the maximum number of nested objects that have kinds. Each level holds its
// objects once more; below the last one, kinds are not distinguished.
const maxTagLevels = 2

// tag sets the kind of a single object.
func (p *Object) tag() {
	best, at := 0, -1
	for i, f := range p.Fields {
		if s := f.Shape; s.Strs != 1 || s.Enum == nil || len(s.Enum.Members) != 1 {
			continue
		}
		if rank := names.KindRank(f.Name); rank > 0 && (best == 0 || rank < best) {
			best, at = rank, i
		}
	}
	if at < 0 {
		return
	}
	p.Tags = []Tag{{Field: p.Fields[at].Name, Value: p.Fields[at].Shape.Enum.Members[0].Text, Count: 1}}
}

// mergeTags merges the kinds of q, which sums up m objects, into those of p, which sums up n. It
// runs before all else is merged. If not all objects have their kind in the same field, no kinds
// are kept.
func (p *Object) mergeTags(n uint64, q *Object, m uint64, levels int) {
	switch {
	case levels == 0 || m == 0:
		return
	case n > 0 && (p.KindsUnknown || q.KindsUnknown || taggedBy(p) != taggedBy(q)):
		p.Tags, p.KindsUnknown = nil, true
		return
	case len(q.Tags) == 0:
		p.KindsUnknown = p.KindsUnknown || q.KindsUnknown
		return
	case n > 0 && len(p.Tags) == 1 && (len(q.Tags) > 1 || q.Tags[0].Value != p.Tags[0].Value):
		p.Tags[0].Object = p.copyOf(n, levels-1)
	}
	for _, t := range q.Tags {
		p.addTag(t, q, levels)
	}
	if len(p.Tags) > MaxTags {
		p.Tags, p.KindsUnknown = nil, true
	}
}

// taggedBy returns the field that distinguishes kinds, "" if there is none.
func taggedBy(p *Object) string {
	if len(p.Tags) == 0 {
		return ""
	}
	return p.Tags[0].Field
}

// addTag adds one kind of q.
func (p *Object) addTag(t Tag, q *Object, levels int) {
	i, found := slices.BinarySearchFunc(p.Tags, t.Value, func(t Tag, value string) int {
		return strings.Compare(t.Value, value)
	})
	if !found {
		p.Tags = slices.Insert(p.Tags, i, Tag{Field: strings.Clone(t.Field), Value: strings.Clone(t.Value)})
	}
	own := &p.Tags[i]
	if len(p.Tags) > 1 || len(q.Tags) > 1 {
		object := t.Object
		if object == nil {
			object = q
		}
		if own.Object == nil {
			own.Object = new(Object)
		}
		own.Object.mergeContents(own.Count, object, t.Count, levels-1)
	}
	own.Count += t.Count
}

// copyOf returns a copy of p, the sum of n objects. As in merge, levels limits which
// kinds it has.
func (p *Object) copyOf(n uint64, levels int) *Object {
	c := new(Object)
	c.mergeContents(0, p, n, levels)
	return c
}
