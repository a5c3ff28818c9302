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
	counts := make(map[signature]int, len(fields))
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

// signature is a hash by which values have the same shape: their JSON types, the formats of
// strings, the names of fields, and the types of items.
type signature uint64

func signatureOf(s *shape.Shape) signature {
	sig := signature(shape.Types(s)) + 1
	if s.Strs > 0 {
		for _, f := range s.Formats {
			sig = sig.with(uint64(f.Format))
		}
	}
	if s.Object != nil {
		for _, f := range s.Object.Fields {
			sig = sig.withText(f.Name)
		}
	}
	if s.Items != nil {
		sig = sig.with(uint64(shape.Types(s.Items)) << 32)
	}
	return sig
}

// with and withText are FNV-1a.
func (s signature) with(n uint64) signature { return (s ^ signature(n)) * 0x100000001b3 }

func (s signature) withText(text string) signature {
	for i := range len(text) {
		s = s.with(uint64(text[i]))
	}
	return s.with(1 << 32) // the end of the text
}
