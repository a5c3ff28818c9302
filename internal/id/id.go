// Package id creates and parses Akita's identifiers: a tag for the kind of
// object, an underscore and a 128-bit UUID in base62, as in
// lrn_6EjLU2sINbfKRwmqeqQM8s.
package id

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/google/uuid"
)

// Tag is the part of an identifier before the underscore.
type Tag string

// The tags in use. They are part of the API and cannot change.
const (
	User    Tag = "usr"
	Project Tag = "svc"
	APIKey  Tag = "apk"
	Trace   Tag = "lrn"
	Bundle  Tag = "bdl"
)

const (
	alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	width    = 22 // ceil(128 / log2(62))
)

// ErrMalformed means that a text is not an identifier with the wanted tag.
var ErrMalformed = errors.New("malformed id")

// New returns a new identifier. Its UUID has version 7 (RFC 9562), so
// identifiers sort by the time of their creation.
func New(tag Tag) string {
	u, err := uuid.NewV7()
	if err != nil { // does not happen: crypto/rand never fails
		u = uuid.New()
	}
	return Format(tag, u)
}

// Format returns the identifier with the given tag and UUID. The UUID is
// written in base62 (0-9A-Za-z), as 22 characters with leading zeros.
func Format(tag Tag, u uuid.UUID) string {
	n := new(big.Int).SetBytes(u[:])
	base, digit := big.NewInt(62), new(big.Int)
	var text [width]byte
	for i := width - 1; i >= 0; i-- {
		n.DivMod(n, base, digit)
		text[i] = alphabet[digit.Int64()]
	}
	return string(tag) + "_" + string(text[:])
}

// Parse returns the UUID of an identifier with the given tag, or ErrMalformed.
func Parse(tag Tag, text string) (uuid.UUID, error) {
	digits, ok := strings.CutPrefix(text, string(tag)+"_")
	if !ok || len(digits) != width {
		return uuid.Nil, fmt.Errorf("%w: must be %s_ followed by %d characters 0-9A-Za-z", ErrMalformed, tag, width)
	}
	n, base := new(big.Int), big.NewInt(62)
	for i := range width {
		d := strings.IndexByte(alphabet, digits[i])
		if d < 0 {
			return uuid.Nil, fmt.Errorf("%w: character %d after %s_ is not one of 0-9A-Za-z", ErrMalformed, i+1, tag)
		}
		n.Mul(n, base).Add(n, big.NewInt(int64(d)))
	}
	var u uuid.UUID
	if n.BitLen() > 8*len(u) {
		return uuid.Nil, fmt.Errorf("%w: value exceeds 128 bits", ErrMalformed)
	}
	n.FillBytes(u[:])
	return u, nil
}

// Is reports whether text is a well-formed identifier with the given tag.
func Is(tag Tag, text string) bool {
	_, err := Parse(tag, text)
	return err == nil
}
