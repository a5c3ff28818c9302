package judgement

import (
	"slices"
	"strings"

	"akita/internal/format"
	"akita/internal/shape"
)

// answer is what the objects of an answer hold. It is only read.
type answer struct {
	objects uint64
	members []member // by name
	list    bool     // the answer is a list of such objects
}

// member is one member: how many objects have it, and what it holds.
type member struct {
	name  string
	have  uint64
	types uint8   // JSON types seen, but null; 0 if unknown
	of    *answer // nil if it holds no objects, or if what they hold is left open
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
	return a
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
		m := member{name: f.Name, have: f.Shape.Count(), types: typesOf(f.Shape)}
		o, _ := objectIn(f.Shape)
		if o != nil && depth > 1 && len(o.Object.Fields) > 0 && !countsOrFlags(o.Object) {
			m.of = newObject(o, depth-1)
		}
		a.members = append(a.members, m)
	}
	slices.SortFunc(a.members, func(x, y member) int { return strings.Compare(x.name, y.name) })
	if entry := a.entry(); entry != nil {
		a.members = []member{{name: anyMember, have: a.objects, of: entry}}
	}
	return a
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
	for x, y := range joined(a.members, b.members) {
		switch {
		case x == nil:
			sum.members = append(sum.members, *y)
		case y == nil:
			sum.members = append(sum.members, *x)
		default:
			sum.members = append(sum.members, member{
				name: x.name, have: x.have + y.have, types: x.types | y.types, of: mergeAnswers(x.of, y.of),
			})
		}
	}
	return sum
}

// joined yields the members of both lists by name; nil for one that is in the other list only.
func joined(a, b []member) func(yield func(x, y *member) bool) {
	return func(yield func(x, y *member) bool) {
		for len(a) > 0 || len(b) > 0 {
			var x, y *member
			order := 0
			switch {
			case len(b) == 0:
				order = -1
			case len(a) == 0:
				order = 1
			default:
				order = strings.Compare(a[0].name, b[0].name)
			}
			if order <= 0 {
				x, a = &a[0], a[1:]
			}
			if order >= 0 {
				y, b = &b[0], b[1:]
			}
			if !yield(x, y) {
				return
			}
		}
	}
}
