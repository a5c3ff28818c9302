package jsonscan

import (
	"errors"
	"strconv"
)

// BeginObject enters an object and moves to its first member, as NextKey does. A null is an
// object without members; anything else is an error.
func (s *Scanner) BeginObject() (string, bool) {
	if !s.begin(Object, "an object should stand here") {
		return "", false
	}
	return s.NextKey()
}

// BeginArray enters an array and reports whether there is one to go through with NextElement:
// a null is none; anything else is an error.
func (s *Scanner) BeginArray() bool { return s.begin(Array, "an array should stand here") }

func (s *Scanner) begin(wanted Kind, otherwise string) bool {
	switch s.Peek() {
	case wanted:
		s.Begin()
		return s.err == nil
	case Null:
		s.Literal()
	default:
		s.fail(otherwise)
	}
	return false
}

// ReadText reads a string; null is an empty one, anything else an error.
func (s *Scanner) ReadText() string {
	switch s.Peek() {
	case String:
		return s.Text()
	case Null:
		s.Literal()
	default:
		s.fail("a string should stand here")
	}
	return ""
}

// ReadBool reads true or false; null is false, anything else an error.
func (s *Scanner) ReadBool() bool {
	switch kind := s.Peek(); kind {
	case True, False, Null:
		s.Literal()
		return kind == True && s.err == nil
	default:
		s.fail("true or false should stand here")
		return false
	}
}

// ReadUint reads a number without sign, fraction or exponent, of at most 64 bits; null is 0,
// anything else an error.
func (s *Scanner) ReadUint() uint64 {
	n, err := strconv.ParseUint(s.digits(), 10, 64)
	if err != nil {
		s.fail("a whole number should stand here")
	}
	return n
}

// ReadFloat reads a finite number; null is 0, anything else an error.
func (s *Scanner) ReadFloat() float64 {
	n, err := strconv.ParseFloat(s.digits(), 64)
	if err != nil {
		s.fail("a number should stand here")
	}
	return n
}

func (s *Scanner) digits() string {
	switch s.Peek() {
	case Number:
		return s.Number()
	case Null:
		s.Literal()
		return "0"
	}
	return ""
}

// Refuse ends the reading with an error of the caller's: the text is JSON, but what it says
// cannot be.
func (s *Scanner) Refuse(what string) {
	if s.err == nil {
		s.err = errors.New(what)
	}
}
