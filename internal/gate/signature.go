package gate

import "akita/internal/shape"

// signature is a hash by which values have the same shape: their JSON types, the formats of
// strings, the names of fields, and the types of items.
type signature uint64

func signatureOf(s *shape.Shape) signature {
	if s == nil {
		return 0
	}
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
