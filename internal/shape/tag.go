package shape

import (
	"slices"
	"strings"

	"akita/internal/names"
)

// Tag sums up the objects of one kind: those in which a field that names kinds, such as "type", has
// one value. It holds that value and exists in offline use only.
type Tag struct {
	Field  string
	Value  string
	Count  uint64
	Object *Object // the objects of this kind; nil if there is no other kind
}

// maxTagLevels bounds the nesting of kinds inside kinds, because each level keeps copies. Kinds that
// are nested more deeply are not kept apart.
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

// mergeTags adds the kinds of q, the sum of m objects, to those of p, the sum of n. Call it before
// everything else is merged. If some objects name their kind in another field or not at all, p loses
// its kinds.
func (p *Object) mergeTags(n uint64, q *Object, m uint64, levels int) {
	switch {
	case levels == 0 || m == 0:
		return
	case n > 0 && (p.Untagged || q.Untagged || taggedBy(p) != taggedBy(q)):
		p.Tags, p.Untagged = nil, true
		return
	case len(q.Tags) == 0:
		p.Untagged = p.Untagged || q.Untagged
		return
	case n > 0 && len(p.Tags) == 1 && (len(q.Tags) > 1 || q.Tags[0].Value != p.Tags[0].Value):
		p.Tags[0].Object = p.copyOf(n, levels-1)
	}
	for _, t := range q.Tags {
		p.addTag(t, q, levels)
	}
	if len(p.Tags) > MaxTags {
		p.Tags, p.Untagged = nil, true
	}
}

// taggedBy returns the field that names the kinds, "" if none does.
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
		of := t.Object
		if of == nil {
			of = q
		}
		if own.Object == nil {
			own.Object = new(Object)
		}
		own.Object.mergeAll(own.Count, of, t.Count, levels-1)
	}
	own.Count += t.Count
}

// copyOf returns a copy of p, the sum of n objects, with a number of levels of kinds.
func (p *Object) copyOf(n uint64, levels int) *Object {
	c := new(Object)
	c.mergeAll(0, p, n, levels)
	return c
}
