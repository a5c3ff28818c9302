package judgement

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/shape"
)

// answer is what the objects of an answer hold. It is only read.
type answer struct {
	objects uint64
	members []member // by hash
	list    bool     // the answer is a list of such objects
	content *answer  // what the one member that holds objects holds; nil if there are none or several
	hash    uint64   // answers with the same hash are alike in the same way
}

// member is one member: how many objects have it, and what it holds.
type member struct {
	name  string
	hash  uint64 // of the name
	have  uint64
	share float64 // of the objects that have it
	types uint8   // JSON types seen, but null; 0 if unknown
	of    *answer // nil if it holds no objects, or if what they hold is left open
}

// complete sets what follows from the members, which are in order.
func (a *answer) complete() *answer {
	found := 0
	a.hash = mixed(hashOffset, uint64(len(a.members)))
	for i := range a.members {
		m := &a.members[i]
		m.share = min(1, float64(m.have)/float64(max(1, a.objects)))
		a.hash = mixed(a.hash, m.hash, math.Float64bits(m.share), uint64(m.types))
		if m.of != nil {
			found++
			a.content = m.of
			a.hash = mixed(a.hash, m.of.hash)
		}
	}
	if found != 1 {
		a.content = nil
	}
	if a.list {
		a.hash = mixed(a.hash, 1)
	}
	return a
}

// compareMembers orders members by hash.
func compareMembers(a, b *member) int {
	if a.hash != b.hash {
		return cmp.Compare(a.hash, b.hash)
	}
	return strings.Compare(a.name, b.name)
}

// JSON types of members.
const (
	scalars uint8 = 1 << iota
	lists
	objects
	texts // scalars that are texts, and no addresses
)

// sketchDepth is how many levels of objects are compared.
const sketchDepth = 3

// anyMember stands for the members of an object whose names are data.
const anyMember = "*"

// newAnswer returns nil if an answer proves nothing: an empty list, or fewer than two members.
func newAnswer(s *shape.Shape) *answer {
	o, list := objectIn(s)
	if o == nil || isHollow(o) || len(o.Object.Fields) < 2 {
		return nil
	}
	a := newObject(o, sketchDepth)
	a.list = list
	return a.complete()
}

// objectIn is the shape of the objects that an answer is, or is a list of.
func objectIn(s *shape.Shape) (object *shape.Shape, list bool) {
	for s != nil && s.Object == nil && s.Items != nil {
		s, list = s.Items, true
	}
	if s == nil || s.Object == nil {
		return nil, false
	}
	return s, list
}

// isHollow reports whether an object is a page without items.
func isHollow(s *shape.Shape) bool {
	lists := false
	for _, f := range s.Object.Fields {
		switch {
		case f.Shape.Objs > 0 || f.Shape.Strs > f.Shape.Empties || f.Shape.Items != nil:
			return false
		case f.Shape.Arrs > 0:
			lists = true
		}
	}
	return lists
}

func newObject(s *shape.Shape, depth int) *answer {
	a := &answer{objects: s.Objs, members: make([]member, 0, len(s.Object.Fields))}
	for _, f := range s.Object.Fields {
		m := member{name: f.Name, hash: hashOf(f.Name), have: f.Shape.Count(), types: typesOf(f.Shape)}
		o, _ := objectIn(f.Shape)
		if o != nil && depth > 1 && len(o.Object.Fields) > 0 && !countsOrFlags(o.Object) {
			m.of = newObject(o, depth-1)
		}
		a.members = append(a.members, m)
	}
	slices.SortFunc(a.members, func(x, y member) int { return compareMembers(&x, &y) })
	if entry := a.entry(); entry != nil {
		a.members = []member{{name: anyMember, hash: hashOf(anyMember), have: a.objects, of: entry}}
	}
	return a.complete()
}

func typesOf(s *shape.Shape) (types uint8) {
	if s.Bools+s.Ints+s.Nums+s.Strs > 0 {
		types |= scalars
	}
	if s.Strs > s.Empties+s.Formats.Of(format.URI) {
		types |= texts
	}
	if s.Arrs > 0 {
		types |= lists
	}
	if s.Objs > 0 {
		types |= objects
	}
	return types
}

// entry is what the members hold if all of them hold objects that are alike, else nil: the names
// of such members are data.
func (a *answer) entry() *answer {
	var sum *answer
	for _, m := range a.members {
		if m.of == nil || sum != nil && sum.alike(m.of) < likeEntries {
			return nil
		}
		sum = mergeAnswers(sum, m.of)
	}
	return sum
}

// likeEntries is the likeness from which on the members of an object are entries of a map.
const likeEntries = 0.7

// countsOrFlags reports whether all members are numbers, or all are true or false: then their
// names often are data.
func countsOrFlags(o *shape.Object) bool {
	var all, numbers, flags uint64
	for _, f := range o.Fields {
		all += f.Shape.Count()
		numbers += f.Shape.Ints + f.Shape.Nums
		flags += f.Shape.Bools
	}
	return numbers == all || flags == all
}

// mergeAnswers returns the sum of two answers, which may be nil.
func mergeAnswers(a, b *answer) *answer {
	switch {
	case a == nil || a == b:
		return b
	case b == nil:
		return a
	}
	sum := &answer{
		objects: a.objects + b.objects,
		members: make([]member, 0, max(len(a.members), len(b.members))),
		list:    a.list || b.list,
	}
	x, y := a.members, b.members
	for len(x) > 0 && len(y) > 0 {
		switch order := compareMembers(&x[0], &y[0]); {
		case order < 0:
			sum.members, x = append(sum.members, x[0]), x[1:]
		case order > 0:
			sum.members, y = append(sum.members, y[0]), y[1:]
		default:
			m := x[0]
			m.have += y[0].have
			m.types |= y[0].types
			m.of = mergeAnswers(m.of, y[0].of)
			sum.members, x, y = append(sum.members, m), x[1:], y[1:]
		}
	}
	sum.members = append(append(sum.members, x...), y...)
	return sum.complete()
}
