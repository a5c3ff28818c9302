package endpoints

import "akita/internal/shape"

// A daemon withholds a word of a path until it recurs (docs/adr/0015-names-that-may-leave.md). The
// first calls show only that something stands there: a name of the API, which will get a place of its
// own, or a value.

// isWithheld reports whether p stands for nothing but withheld words that may be names. They are
// values if their answers repeat them, or if there are more calls than two names can have had and
// all are answered alike.
func (p *place) isWithheld() bool {
	n := p.arg.Count()
	if n == 0 || p.arg.Opaques < n {
		return false
	}
	var echoes uint64
	for _, calls := range p.echoes {
		echoes += calls
	}
	return echoes*2 < n && (n < manyWithheld || !p.isUniform())
}

// manyWithheld is how many calls are of three words at least, as one word is withheld two times.
const manyWithheld = 7

// uniformPercent is how often a member is there, on average, if all answers are of one kind.
const uniformPercent = 70

// isUniform reports whether the answers of each operation at and below p have the same members. It
// is false if no answer shows any.
func (p *place) isUniform() bool {
	known, uniform := false, true
	var walk func(at *place)
	walk = func(at *place) {
		for _, op := range at.ops {
			if o := objectsIn(op.sum().answer()); o != nil && len(o.Object.Fields) > 1 {
				known = true
				uniform = uniform && hasUniformMembers(o)
			}
		}
		for child := range at.children() {
			walk(child)
		}
	}
	walk(p)
	return known && uniform
}

// objectsIn returns the objects that an answer is, or is a list of; nil for none.
func objectsIn(s *shape.Shape) *shape.Shape {
	for s != nil && s.Object == nil {
		s = s.Items
	}
	return s
}

func hasUniformMembers(objects *shape.Shape) bool {
	var there uint64
	for _, f := range objects.Object.Fields {
		there += min(f.Shape.Count(), objects.Objs)
	}
	return there*100 >= objects.Objs*uint64(len(objects.Object.Fields))*uniformPercent
}

// hasWithheld reports whether a segment of a path is withheld.
func hasWithheld(segments []segment) bool {
	for _, s := range segments {
		if s.param != nil && s.param.isWithheld() {
			return true
		}
	}
	return false
}
