package gate

import (
	"akita/internal/shape"
	"akita/internal/witness"
)

const (
	minEntries   = 8  // names with values of one shape that make a map
	alikePercent = 90 // of the names have such values
	maxPerObject = 2  // names per object, on average, that make a map if there are minEntries
)

// group holds the names of one call at one place: the parameters of a kind, or the fields of the
// objects there.
type group struct {
	place   place
	params  []witness.Param
	object  *shape.Object // if params is nil
	objects uint64        // how many it sums up
}

func (g *group) count() int {
	if g.object != nil {
		return len(g.object.Fields)
	}
	return len(g.params)
}

func (g *group) name(i int) string {
	if g.object != nil {
		return g.object.Fields[i].Name
	}
	return g.params[i].Name
}

// shape returns the shape of the values of a name.
func (g *group) shape(i int) *shape.Shape {
	if g.object != nil {
		return g.object.Fields[i].Shape
	}
	return g.params[i].Shape
}

// isBare reports whether the group is one name with an empty value: in "?sofia", and in a form that
// is only "sofia", it is rather a value without a name.
func (g *group) isBare() bool {
	if g.count() != 1 {
		return false
	}
	s := g.shape(0)
	return s != nil && s.Empties > 0 && s.Empties == s.Count()
}

// varies reports whether the values are of more than one shape.
func (g *group) varies() bool {
	first := signatureOf(g.shape(0))
	for i := range g.count() {
		if signatureOf(g.shape(i)) != first {
			return true
		}
	}
	return false
}

// isAlike reports whether nearly all values are of one shape, and there are many.
func (g *group) isAlike() bool {
	counts := make(map[signature]int, g.count())
	most := 0
	for i := range g.count() {
		s := signatureOf(g.shape(i))
		counts[s]++
		most = max(most, counts[s])
	}
	return most >= minEntries && most*100 >= g.count()*alikePercent
}

// looksLikeMap reports whether the names look like the keys of a map: half of the keys of the
// objects or more are data by themselves; or there are many names with values of one shape; or each
// object has names that the others lack.
func (g *group) looksLikeMap() bool {
	if g.object != nil {
		var named uint64
		for _, f := range g.object.Fields {
			named += f.Shape.Count()
		}
		if keys := g.object.Keys; keys != nil && keys.Strs > 0 && keys.Strs >= named {
			return true
		}
		if g.count() >= minEntries && named <= g.objects*maxPerObject {
			return true
		}
	}
	return g.isAlike()
}
