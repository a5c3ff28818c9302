package gate

import "akita/internal/shape"

const (
	minEntries   = 8  // names with values of one shape that make a map
	alikePercent = 90 // of the names have such values
	maxPerObject = 2  // names per object, on average, that make a map if there are minEntries
)

// isMap reports whether the objects that o sums up look like maps: half of their keys or more are
// data by themselves; or there are many names with values of one shape; or each object has names
// that the others lack.
func isMap(o *shape.Object, objects uint64) bool {
	var keys, named uint64
	if o.Keys != nil {
		keys = o.Keys.Strs
	}
	for _, f := range o.Fields {
		named += f.Shape.Count()
	}
	switch {
	case keys > 0 && keys >= named:
		return true
	case len(o.Fields) < minEntries:
		return false
	case named <= objects*maxPerObject:
		return true
	}
	return alike(o.Fields)
}

// alike reports whether nearly all fields have values of one shape.
func alike(fields shape.Fields) bool {
	counts := make(map[signature]int)
	most := 0
	for _, f := range fields {
		s := signatureOf(f.Shape)
		counts[s]++
		most = max(most, counts[s])
	}
	return most >= minEntries && most*100 >= len(fields)*alikePercent
}

// varied reports whether the values of fields are of more than one shape.
func varied(fields shape.Fields) bool {
	for _, f := range fields {
		if signatureOf(f.Shape) != signatureOf(fields[0].Shape) {
			return true
		}
	}
	return false
}

// signature is the key by which values have the same shape.
type signature struct {
	types   uint8  // of JSON
	formats string // of strings
	names   string // of the fields of objects
	items   uint8  // JSON types of the items of an array
}

func signatureOf(s *shape.Shape) signature {
	sig := signature{types: shape.Types(s)}
	if s.Strs > 0 {
		for _, f := range s.Formats {
			sig.formats += f.Format.String() + " "
		}
	}
	if s.Object != nil {
		for i, f := range s.Object.Fields {
			if i > 0 {
				sig.names += " "
			}
			sig.names += f.Name
		}
	}
	if s.Items != nil {
		sig.items = shape.Types(s.Items)
	}
	return sig
}
