// Package jsonscan reads JSON (RFC 8259) from a string without building values:
// a cursor that a caller moves from token to token, which checks the grammar as it
// goes and allocates only for strings with escapes.
//
// It is forgiving in one point only: bytes that are no UTF-8 and lone surrogates
// become U+FFFD, as in encoding/json.
package jsonscan

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// ErrTruncated says that the text ended inside a value: with more text the
// value might be whole.
var ErrTruncated = errors.New("unexpected end of JSON")

// SyntaxError says where a text stops being JSON.
type SyntaxError struct {
	Offset int    // in bytes from the start of the text
	What   string // what is wrong there; never holds text from the input
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("invalid JSON at byte %d: %s", e.Offset, e.What)
}

// MaxDepth bounds the nesting that a Scanner follows.
const MaxDepth = 512

// Kind is the type of a value, by its first byte.
type Kind byte

// The kinds of values. None stands where there is no value.
const (
	None   Kind = 0
	Null   Kind = 'n'
	False  Kind = 'f'
	True   Kind = 't'
	Number Kind = '0'
	String Kind = '"'
	Object Kind = '{'
	Array  Kind = '['
)

// Scanner is a cursor over one text. The first error sticks: every later call
// returns zero values, and Err tells. It may be copied to remember a position.
type Scanner struct {
	text  string
	pos   int
	depth int
	first bool // just inside a container: no comma before the next element
	err   error
}

// New returns a Scanner at the start of text.
func New(text string) Scanner { return Scanner{text: text} }

// Err returns what stopped the scanner, nil if nothing did.
func (s *Scanner) Err() error { return s.err }

// Offset is the position in bytes from the start of the text.
func (s *Scanner) Offset() int { return s.pos }

func (s *Scanner) fail(what string) {
	if s.err != nil {
		return
	}
	if s.pos >= len(s.text) {
		s.err = ErrTruncated
		return
	}
	s.err = &SyntaxError{Offset: s.pos, What: what}
}

// space moves to the next byte that is no white space and returns it, 0 at the end.
func (s *Scanner) space() byte {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; c {
		case ' ', '\n', '\t', '\r':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// Peek returns the kind of the next value without moving past it.
func (s *Scanner) Peek() Kind {
	if s.err != nil {
		return None
	}
	switch c := s.space(); c {
	case '{', '[', '"', 'n', 't', 'f':
		return Kind(c)
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return Number
	default:
		s.fail("a value should start here")
		return None
	}
}

// Begin enters the object or array that Peek has announced.
func (s *Scanner) Begin() {
	if s.err != nil {
		return
	}
	if s.depth++; s.depth > MaxDepth {
		s.fail("nested too deeply")
		return
	}
	s.pos++
	s.first = true
}

// NextElement moves to the next element of the array that was begun last; false
// means that the array has ended or the text is no JSON.
func (s *Scanner) NextElement() bool { return s.next(']') }

// NextKey moves to the next member of the object that was begun last and returns
// its name; false means that the object has ended or the text is no JSON.
func (s *Scanner) NextKey() (string, bool) {
	if !s.next('}') {
		return "", false
	}
	if s.space() != '"' {
		s.fail("a member's name should start here")
		return "", false
	}
	name := s.Text()
	if s.err == nil && s.space() != ':' {
		s.fail("a colon should stand here")
	}
	if s.err != nil {
		return "", false
	}
	s.pos++
	return name, true
}

func (s *Scanner) next(end byte) bool {
	if s.err != nil {
		return false
	}
	c := s.space()
	if c == end {
		s.pos++
		s.depth--
		s.first = false
		return false
	}
	if s.first {
		s.first = false
		return true
	}
	if c != ',' {
		s.fail("a comma or the container's end should stand here")
		return false
	}
	s.pos++
	return true
}

// Text reads the string that Peek has announced, without quotes and escapes.
// It shares memory with the scanner's text where it can.
func (s *Scanner) Text() string {
	if s.err != nil {
		return ""
	}
	start := s.pos + 1
	end := start + plainRun(s.text[start:])
	if end < len(s.text) && s.text[end] == '"' {
		s.pos = end + 1
		return s.text[start:end]
	}
	s.skipString()
	if s.err != nil {
		return ""
	}
	raw := s.text[start : s.pos-1]
	if strings.IndexByte(raw[end-start:], '\\') >= 0 || !utf8.ValidString(raw) {
		return unquote(raw, end-start)
	}
	return raw
}

// plain marks the bytes that may stand in a string as they are: printable ASCII but the
// quote and the backslash.
var plain = func() (table [256]bool) {
	for c := range table {
		table[c] = c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\'
	}
	return table
}()

// plainRun returns how many bytes at the start of text are plain. It looks
// at eight bytes at a time, which pays for runs of more than a few: in each of the terms below the high bit of a byte is set where that byte, or one before it, is
// of the kind; so the lowest one set is exact (S. E. Anderson, Bit Twiddling Hacks, "hasless").
func plainRun(text string) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	n := 0
	for ; len(text)-n >= 8; n += 8 {
		b := text[n : n+8]
		word := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		quote, escape := word^('"'*ones), word^('\\'*ones)
		odd := ((word-' '*ones)&^word | (quote-ones)&^quote | (escape-ones)&^escape | word) & highs
		if odd != 0 {
			return n + bits.TrailingZeros64(odd)/8
		}
	}
	for n < len(text) && plain[text[n]] {
		n++
	}
	return n
}

// skipString moves past a string.
func (s *Scanner) skipString() {
	if s.err != nil {
		return
	}
	text, pos := s.text, s.pos+1
	for pos += plainRun(text[pos:]); ; {
		for pos < len(text) && plain[text[pos]] { // runs between escapes are short
			pos++
		}
		if pos >= len(text) {
			s.pos = len(text)
			s.fail("")
			return
		}
		switch c := text[pos]; {
		case c == '"':
			s.pos = pos + 1
			return
		case c >= utf8.RuneSelf:
			pos++
		case c != '\\':
			s.pos = pos
			s.fail("a control character in a string")
			return
		case pos+1 < len(text) && unescaped[text[pos+1]] != 0:
			pos += 2
		default:
			n := unicodeEscape(text[pos:])
			if n <= 0 {
				s.pos = pos
				if n == 0 {
					s.pos = len(text)
				}
				s.fail("an escape that JSON does not know")
				return
			}
			pos += n
		}
	}
}

// unicodeEscape returns the length of the escape of the form \u00e9 that text starts with, 0
// where the text ends inside it, and -1 where it is none.
func unicodeEscape(text string) int {
	for i := 1; i < 6; i++ {
		switch {
		case i >= len(text):
			return 0
		case i == 1 && text[i] != 'u', i > 1 && hexDigit(text[i]) < 0:
			return -1
		}
	}
	return 6
}

func hexDigit(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c && c <= 'f':
		return rune(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}

func hex4(text string) rune {
	return hexDigit(text[0])<<12 | hexDigit(text[1])<<8 | hexDigit(text[2])<<4 | hexDigit(text[3])
}

// unquote resolves the escapes of a string whose grammar has been checked, and of which the
// first bytes, so many, are plain.
func unquote(raw string, prefix int) string {
	out := make([]byte, len(raw)+utf8.UTFMax) // an escape is longer than what it stands for; bad UTF-8 is looked at below
	n := copy(out, raw[:prefix])
	for i := prefix; i < len(raw); {
		c := raw[i]
		switch {
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(raw[i:])
			if r == utf8.RuneError && size == 1 && n+len(raw)-i+utf8.UTFMax > len(out) {
				out = slices.Concat(out, make([]byte, len(raw))) // one byte becomes the three of U+FFFD
			}
			n += utf8.EncodeRune(out[n:], r)
			i += size
			continue
		case c != '\\':
			i++
		case raw[i+1] == 'u':
			r, length := unquoteUnicode(raw[i:])
			n += utf8.EncodeRune(out[n:], r)
			i += length
			continue
		default:
			c = unescaped[raw[i+1]]
			i += 2
		}
		out[n] = c
		n++
	}
	return unsafe.String(unsafe.SliceData(out), n) //nolint:gosec // nobody else has out, and it is not written any more
}

// unescaped is what the escapes of two characters stand for, by the second.
var unescaped = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unquoteUnicode reads an escape such as \u00e9, or the two of a surrogate pair, and returns its
// length; one half of a pair alone is U+FFFD.
func unquoteUnicode(text string) (rune, int) {
	r := hex4(text[2:])
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if rest := text[6:]; len(rest) >= 6 && rest[0] == '\\' && rest[1] == 'u' {
		if joined := utf16.DecodeRune(r, hex4(rest[2:])); joined != utf8.RuneError {
			return joined, 12
		}
	}
	return utf8.RuneError, 6
}

// Number reads the number that Peek has announced, as it is written.
func (s *Scanner) Number() string {
	if s.err != nil {
		return ""
	}
	text, start, pos := s.text, s.pos, s.pos
	digits := func() bool {
		from := pos
		for pos < len(text) && '0' <= text[pos] && text[pos] <= '9' {
			pos++
		}
		return pos > from
	}
	bad := func() string {
		s.pos = pos
		s.fail("a digit should stand here")
		return ""
	}
	if text[pos] == '-' {
		pos++
	}
	if pos < len(text) && text[pos] == '0' {
		pos++
	} else if !digits() {
		return bad()
	}
	if pos < len(text) && text[pos] == '.' {
		pos++
		if !digits() {
			return bad()
		}
	}
	if pos < len(text) && (text[pos] == 'e' || text[pos] == 'E') {
		pos++
		if pos < len(text) && (text[pos] == '+' || text[pos] == '-') {
			pos++
		}
		if !digits() {
			return bad()
		}
	}
	s.pos = pos
	return text[start:pos]
}

// Literal reads the null, true or false that Peek has announced.
func (s *Scanner) Literal() {
	if s.err != nil {
		return
	}
	word := "null"
	switch s.text[s.pos] {
	case 't':
		word = "true"
	case 'f':
		word = "false"
	}
	rest := s.text[s.pos:]
	if len(rest) >= len(word) && rest[:len(word)] == word {
		s.pos += len(word)
		return
	}
	if len(rest) < len(word) && word[:len(rest)] == rest {
		s.pos = len(s.text)
	}
	s.fail("a word that JSON does not know")
}

// Skip moves past the next value, whatever it is.
func (s *Scanner) Skip() {
	switch s.Peek() {
	case Object:
		for s.Begin(); ; {
			if !s.skipKey() {
				return
			}
			s.Skip()
		}
	case Array:
		for s.Begin(); s.NextElement(); {
			s.Skip()
		}
	case String:
		s.skipString()
	case Number:
		s.Number()
	case Null, True, False:
		s.Literal()
	case None:
	}
}

func (s *Scanner) skipKey() bool {
	if !s.next('}') {
		return false
	}
	if s.space() != '"' {
		s.fail("a member's name should start here")
		return false
	}
	s.skipString()
	if s.err == nil && s.space() != ':' {
		s.fail("a colon should stand here")
	}
	s.pos++
	return s.err == nil
}

// End checks that nothing but white space is left.
func (s *Scanner) End() {
	if s.err == nil && s.space() != 0 {
		s.fail("more text after the value")
	} else if s.err == nil && s.pos < len(s.text) {
		s.fail("more text after the value") // a NUL byte
	}
}

// Valid reports whether the text is one JSON value.
func Valid(text string) bool {
	s := New(text)
	s.Skip()
	s.End()
	return s.err == nil
}
