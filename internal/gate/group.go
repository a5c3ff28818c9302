package gate

import (
	"akita/internal/shape"
	"akita/internal/witness"
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

// fields returns the names with the shapes of their values.
func (g *group) fields() shape.Fields {
	if g.object != nil {
		return g.object.Fields
	}
	fields := make(shape.Fields, len(g.params))
	for i, p := range g.params {
		fields[i] = shape.Field{Name: p.Name, Shape: p.Shape}
	}
	return fields
}

// varies reports whether the values are of more than one shape.
func (g *group) varies() bool { return varied(g.fields()) }

// looksLikeMap reports whether the names look like the keys of a map.
func (g *group) looksLikeMap() bool {
	if g.object != nil {
		return isMap(g.object, g.objects)
	}
	return len(g.params) >= minEntries && alike(g.fields())
}
