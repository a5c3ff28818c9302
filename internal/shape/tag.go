package shape

import (
	"slices"
	"strings"

	"akita/internal/names"
)

// Tag sums up the objects of one kind: those in which a field that tells kinds apart,
// such as "type", has one value. It holds that literal and is kept in offline use only.
type Tag struct {
	Field  string
	Value  string
	Count  uint64
	Object *Object // the objects of this kind; nil where there is no other
}

// maxTagLevels bounds the copies that kinds inside of kinds are kept in: what stands below
// so many objects that have a kind is not told apart any more.
const maxTagLevels = 2

// tag notes the kind of a single object.
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

// mergeTags keeps the kinds of q, which sums up m objects, beside those of p, which sums up
// n, before all else is merged. Objects that name their kind in another field, or not at
// all, leave nothing that tells kinds apart.
func (p *Object) mergeTags(n uint64, q *Object, m uint64, levels int) {
	switch {
	case levels == 0 || m == 0:
		return
	case n > 0 && (p.Untold || q.Untold || taggedBy(p) != taggedBy(q)):
		p.Tags, p.Untold = nil, true
		return
	case len(q.Tags) == 0:
		p.Untold = p.Untold || q.Untold
		return
	case n > 0 && len(p.Tags) == 1 && (len(q.Tags) > 1 || q.Tags[0].Value != p.Tags[0].Value):
		p.Tags[0].Object = p.copyOf(n, levels-1)
	}
	for _, t := range q.Tags {
		p.addTag(t, q, levels)
	}
	if len(p.Tags) > MaxTags {
		p.Tags, p.Untold = nil, true
	}
}

// taggedBy is the field that tells kinds apart; "" where none does.
func taggedBy(p *Object) string {
	if len(p.Tags) == 0 {
		return ""
	}
	return p.Tags[0].Field
}

// addTag adds one kind of q.
func (p *Object) addTag(t Tag, q *Object, levels int) {
	i, found := slices.BinarySearchFunc(p.Tags, t.Value, func(t Tag, value string) int { return strings.Compare(t.Value, value) })
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

// copyOf is what n objects are summed up to, with the kinds of so many levels.
func (p *Object) copyOf(n uint64, levels int) *Object {
	c := new(Object)
	c.mergeAll(0, p, n, levels)
	return c
}
