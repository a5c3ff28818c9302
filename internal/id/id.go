// Package id makes and reads Akita's identifiers: a tag that says what is meant
// and a 128-bit UUID in base62, as in lrn_6EjLU2sINbfKRwmqeqQM8s.
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

// The tags that exist.
const (
	Organization Tag = "org"
	User         Tag = "usr"
	Project      Tag = "svc"
	APIKey       Tag = "apk"
	Trace        Tag = "lrn"
	Bundle       Tag = "bdl"
	Model        Tag = "api"
)

const (
	alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	width    = 22 // ceil(128 / log2(62))
)

// ErrMalformed says that a text is no identifier of the wanted tag.
var ErrMalformed = errors.New("malformed id")

// New returns a fresh identifier; its UUID is of version 7 (RFC 9562), so that
// identifiers made later sort later.
func New(tag Tag) string {
	u, err := uuid.NewV7()
	if err != nil { // crypto/rand does not fail on the platforms that Go supports.
		u = uuid.New()
	}
	return Format(tag, u)
}

// Format writes a UUID under a tag: base62 (0-9A-Za-z), 22 characters, padded
// with zeros on the left.
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

// Parse reads an identifier of the given tag. It fails with ErrMalformed.
func Parse(tag Tag, text string) (uuid.UUID, error) {
	digits, ok := strings.CutPrefix(text, string(tag)+"_")
	if !ok || len(digits) != width {
		return uuid.Nil, fmt.Errorf("%w: want %s_ and %d characters 0-9A-Za-z", ErrMalformed, tag, width)
	}
	n, base := new(big.Int), big.NewInt(62)
	for i := range width {
		d := strings.IndexByte(alphabet, digits[i])
		if d < 0 {
			return uuid.Nil, fmt.Errorf("%w: character %d is not one of 0-9A-Za-z", ErrMalformed, i+1)
		}
		n.Mul(n, base).Add(n, big.NewInt(int64(d)))
	}
	var u uuid.UUID
	if n.BitLen() > 8*len(u) {
		return uuid.Nil, fmt.Errorf("%w: it is larger than 128 bits", ErrMalformed)
	}
	n.FillBytes(u[:])
	return u, nil
}

// Is reports whether the text is a well-formed identifier of the given tag.
func Is(tag Tag, text string) bool {
	_, err := Parse(tag, text)
	return err == nil
}
