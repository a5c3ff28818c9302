package shape

// compareDepth is how many objects deep shapes are compared.
const compareDepth = 3

// minDistinctive is the least number of fields that distinguish a record from others.
const minDistinctive = 2

// Width returns the number of fields of the objects of s or, if s is a list, of the objects in it.
func Width(s *Shape) int {
	switch {
	case s == nil:
		return 0
	case s.Object != nil:
		return len(s.Object.Fields)
	}
	return Width(s.Items)
}

// IsDistinctive reports whether s has enough fields to recognize it by.
func IsDistinctive(s *Shape) bool { return Width(s) >= minDistinctive }

// Likeness compares two shapes and returns a number from 0 (nothing in common) to 1 (alike): the
// share of fields that both have. A common field is weighted by the likeness of its values, any other
// by the share of objects that have it. Null, an empty array and values that are nested too deeply
// are like anything.
func Likeness(a, b *Shape) float64 { return likeness(a, b, compareDepth) }

func likeness(a, b *Shape, depth int) float64 {
	switch {
	case a == nil || b == nil || depth == 0:
		return 1
	case a.Arrs > 0 && b.Arrs > 0:
		return likeness(a.Items, b.Items, depth)
	case a.Object == nil || b.Object == nil:
		if isOpen(a) || isOpen(b) || Types(a)&Types(b) != 0 {
			return 1
		}
		return 0
	case a.Object.Values != nil && b.Object.Values != nil:
		return likeness(a.Object.Values, b.Object.Values, depth-1)
	}
	var both, all float64
	for _, f := range b.Object.Fields {
		if other := a.Object.Fields.Get(f.Name); other != nil {
			both += likeness(other, f.Shape, depth-1)
			all++
		} else {
			all += presence(f.Shape, b)
		}
	}
	for _, f := range a.Object.Fields {
		if b.Object.Fields.Get(f.Name) == nil {
			all += presence(f.Shape, a)
		}
	}
	if all == 0 {
		return 1
	}
	return both / all
}

// presence returns the share of the objects of s that have a field.
func presence(field, s *Shape) float64 {
	return min(1, float64(field.Count())/float64(max(1, s.Objs)))
}

// isOpen reports whether nothing but null was seen.
func isOpen(s *Shape) bool { return s.Count() == s.Nulls }

// Types returns the set of JSON types seen, without null, as bits; integers are numbers.
func Types(s *Shape) (set uint8) {
	for i, n := range []uint64{s.Bools, s.Ints + s.Nums, s.Strs, s.Arrs, s.Objs, s.Opaques} {
		if n > 0 {
			set |= 1 << i
		}
	}
	return set
}
