package jsonschema

import "akita/internal/shape"

// unroll sums up the objects of s together with the same records inside them, such as the replies to a
// comment. selves are the shapes of the sum that stand for the records inside. It is nil if no object
// contains itself.
func unroll(s *shape.Shape) (sum *shape.Shape, selves map[*shape.Shape]bool) {
	if s.Object == nil || findSelf(s.Object, s.Object, maxSelfDepth) == nil {
		return s, nil
	}
	sum = &shape.Shape{Objs: s.Objs, Object: s.Object.Clone(s.Objs)}
	selves = make(map[*shape.Shape]bool)
	for {
		inner := findSelf(sum.Object, sum.Object, maxSelfDepth)
		if inner == nil {
			return sum, selves
		}
		selves[inner] = true
		found := &shape.Shape{Objs: inner.Objs, Object: inner.Object}
		inner.Objs, inner.Object = 0, nil
		sum.Merge(found)
	}
}

// maxSelfDepth bounds the depth at which a record is looked for inside itself.
const maxSelfDepth = 3

// findSelf returns the first shape inside at that is the same record as self, nil for none.
func findSelf(self, at *shape.Object, depth int) *shape.Shape {
	if depth == 0 {
		return nil
	}
	look := func(s *shape.Shape) *shape.Shape {
		for s != nil && s.Object == nil {
			s = s.Items
		}
		switch {
		case s == nil:
			return nil
		case sameRecord(self, s.Object):
			return s
		}
		return findSelf(self, s.Object, depth-1)
	}
	for _, f := range at.Fields {
		if found := look(f.Shape); found != nil {
			return found
		}
	}
	if at.Values != nil {
		return look(at.Values)
	}
	return nil
}

// Two records are the same if nearly all of their fields are, and there are enough of them.
const (
	minSameFields  = 3
	sameFieldShare = 0.75
)

func sameRecord(a, b *shape.Object) bool {
	if len(b.Fields) < minSameFields {
		return false
	}
	both := 0
	for _, f := range b.Fields {
		if a.Fields.Get(f.Name) != nil {
			both++
		}
	}
	return float64(both) >= sameFieldShare*float64(len(a.Fields)+len(b.Fields)-both)
}
