package jsonscan

import (
	"errors"
	"strconv"
)

// BeginObject enters an object and moves to its first member, as NextKey does. It reads null
// as an empty object and fails for other values.
func (s *Scanner) BeginObject() (string, bool) {
	if !s.begin(Object, "expected an object") {
		return "", false
	}
	return s.NextKey()
}

// BeginArray enters an array and reports whether it did, so that NextElement may be called. It
// returns false for null and fails for other values.
func (s *Scanner) BeginArray() bool { return s.begin(Array, "expected an array") }

func (s *Scanner) begin(wanted Kind, message string) bool {
	switch s.Peek() {
	case wanted:
		s.Begin()
		return s.err == nil
	case Null:
		s.Literal()
	default:
		s.fail(message)
	}
	return false
}

// ReadText reads a string. It reads null as "" and fails for other values.
func (s *Scanner) ReadText() string {
	switch s.Peek() {
	case String:
		return s.Text()
	case Null:
		s.Literal()
	default:
		s.fail("expected a string")
	}
	return ""
}

// ReadBool reads true or false. It reads null as false and fails for other values.
func (s *Scanner) ReadBool() bool {
	switch kind := s.Peek(); kind {
	case True, False, Null:
		s.Literal()
		return kind == True && s.err == nil
	default:
		s.fail("expected true or false")
		return false
	}
}

// ReadUint reads a number of at most 64 bits without sign, fraction or exponent. It reads null
// as 0 and fails for other values.
func (s *Scanner) ReadUint() uint64 {
	n, err := strconv.ParseUint(s.digits(), 10, 64)
	if err != nil {
		s.fail("expected a whole number")
	}
	return n
}

// ReadFloat reads a finite number. It reads null as 0 and fails for other values.
func (s *Scanner) ReadFloat() float64 {
	n, err := strconv.ParseFloat(s.digits(), 64)
	if err != nil {
		s.fail("expected a number")
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

// Refuse stops the scanner with an error of the caller, for a text that is valid JSON but has
// an invalid meaning.
func (s *Scanner) Refuse(what string) {
	if s.err == nil {
		s.err = errors.New(what)
	}
}
