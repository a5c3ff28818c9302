// Package shape says what values look like without saying what they are: JSON
// types, formats, lengths, fields. A Shape sums up any number of values; Merge
// is associative and commutative, with the zero Shape as its identity.
package shape

// Shape sums up the values seen at one place.
type Shape struct {
	Nulls uint64 `json:"null,omitzero"`
	Bools uint64 `json:"bool,omitzero"`
}
