package routelist

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
)

// MaxBytes bounds the encoding of a list.
const MaxBytes = 8 << 20

// Errors of Decode, for errors.Is.
var (
	ErrTooLarge  = errors.New("the list of routes is too large")
	ErrMalformed = errors.New("the list of routes is malformed")
)

// Encode returns a list as JSON. Equal lists have equal encodings.
func (l List) Encode() ([]byte, error) {
	text, err := json.Marshal(l, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("encode routes: %w", err)
	}
	return text, nil
}

// Decode reads a list. It refuses routes that New would leave out, and members that it does not know: a
// list has nothing else. The error is about a place in the list and has nothing of its texts.
func Decode(text []byte) (List, error) {
	if len(text) > MaxBytes {
		return List{}, fmt.Errorf("%w: at most %d bytes are allowed", ErrTooLarge, MaxBytes)
	}
	var in struct {
		Routes    array[Route] `json:"routes"`
		Truncated bool         `json:"truncated"`
	}
	if err := json.Unmarshal(text, &in, json.RejectUnknownMembers(true)); err != nil {
		return List{}, ErrMalformed
	}
	l := List{Routes: in.Routes, Truncated: in.Truncated}
	if len(l.Routes) > MaxRoutes {
		return List{}, fmt.Errorf("%w: at most %d routes are allowed", ErrTooLarge, MaxRoutes)
	}
	for i, r := range l.Routes {
		if !r.isValid() {
			return List{}, fmt.Errorf("%w: route %d", ErrMalformed, i)
		}
	}
	l.sort()
	return l, nil
}

// Hash returns what identifies the contents of an encoded list.
func Hash(encoded []byte) string {
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:16])
}
