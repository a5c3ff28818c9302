// Package jsonscan reads JSON (RFC 8259) from a string without building values. A caller moves
// a cursor from token to token. The cursor checks the grammar and allocates only for strings
// with escapes.
//
// It deviates from the grammar in one point: invalid UTF-8 and lone surrogates become U+FFFD,
// as in encoding/json. NewLenient also reads the numbers for which JSON has no form.
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

// ErrTruncated means that the text ends inside a value. With more text the value may be valid.
var ErrTruncated = errors.New("unexpected end of JSON")

// SyntaxError describes the first error in a text.
type SyntaxError struct {
	Offset int    // in bytes from the start of the text
	What   string // the error; holds no text of the input
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("invalid JSON at byte %d: %s", e.Offset, e.What)
}

// MaxDepth is the maximum nesting of objects and arrays that a Scanner reads.
const MaxDepth = 512

// Kind is the type of a value: a byte that values of the type start with.
type Kind byte

// The kinds of values. None means that there is no value.
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

// Scanner is a cursor over one text. After the first error, which Err returns, all methods
// return zero values. A copy of a Scanner saves the position.
type Scanner struct {
	text  string
	pos   int
	depth int
	first bool // just inside a container: no comma before the next element
	err   error

	lenient   bool // NaN and Infinity are numbers
	nonFinite bool // one of them was read
}

// New returns a Scanner at the start of text.
func New(text string) Scanner { return Scanner{text: text} }

// NewLenient returns a Scanner that also reads NaN, Infinity and -Infinity as numbers, which the
// encoders of many languages write.
func NewLenient(text string) Scanner { return Scanner{text: text, lenient: true} }

// NonFinite reports whether one of the numbers was NaN or infinite.
func (s *Scanner) NonFinite() bool { return s.nonFinite }

// Err returns the first error, nil if there is none.
func (s *Scanner) Err() error { return s.err }

// Offset returns the position in bytes from the start of the text.
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

// space moves past white space and returns the next byte, 0 at the end.
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
	case 'N', 'I':
		if s.lenient {
			return Number
		}
	}
	s.fail("expected a value")
	return None
}

// Begin enters the object or array that Peek has found.
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

// NextElement moves to the next element of the innermost array. It returns false at the end of
// the array and after an error.
func (s *Scanner) NextElement() bool { return s.next(']') }

// NextKey moves to the next member of the innermost object and returns its name. It returns
// false at the end of the object and after an error.
func (s *Scanner) NextKey() (string, bool) {
	if !s.next('}') {
		return "", false
	}
	if s.space() != '"' {
		s.fail("expected the name of a member")
		return "", false
	}
	name := s.Text()
	if s.err == nil && s.space() != ':' {
		s.fail("expected a colon")
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
		s.fail("expected a comma or a closing bracket")
		return false
	}
	s.pos++
	return true
}

// Text reads the string that Peek has found, without quotes and with escapes resolved. The
// result may share memory with the text of the scanner.
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

// plain holds the bytes of a string that need no handling: printable ASCII except the quote
// and the backslash.
var plain = func() (table [256]bool) {
	for c := range table {
		table[c] = c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\'
	}
	return table
}()

// plainRun returns the number of plain bytes at the start of text. It tests eight bytes at a
// time. Each of the terms below sets the high bit of a byte if that byte, or one before it, is
// of its kind, so the lowest bit that is set is exact (S. E. Anderson, Bit Twiddling Hacks,
// "hasless").
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
			s.fail("control character in a string")
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
				s.fail("invalid escape")
				return
			}
			pos += n
		}
	}
}

// unicodeEscape returns the length of an escape of the form \u00e9 at the start of text: 0 if
// the text ends inside it, -1 if there is no such escape.
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

// unquote resolves the escapes of a string of valid grammar. The first prefix bytes are plain.
func unquote(raw string, prefix int) string {
	out := make([]byte, len(raw)+utf8.UTFMax) // escapes are longer than their characters; invalid UTF-8 grows below
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
	return unsafe.String(unsafe.SliceData(out), n) //nolint:gosec // out is not shared and not written again
}

// unescaped maps the second character of an escape of two characters to its value.
var unescaped = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unquoteUnicode reads an escape such as \u00e9, or both escapes of a surrogate pair, and
// returns the character and the length. It returns U+FFFD for a lone surrogate.
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

// Number reads the number that Peek has found and returns it as it is written.
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
		s.fail("expected a digit")
		return ""
	}
	if text[pos] == '-' {
		pos++
	}
	if pos < len(text) && text[pos] == '0' {
		pos++
	} else if !digits() {
		if s.lenient {
			return s.word(start, pos)
		}
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

// word reads the name of a number that is not finite. The number starts at start, its name at pos.
func (s *Scanner) word(start, pos int) string {
	rest := s.text[pos:]
	for _, word := range [...]string{"NaN", "Infinity"} {
		switch {
		case strings.HasPrefix(rest, word):
			s.pos = pos + len(word)
			s.nonFinite = true
			return s.text[start:s.pos]
		case strings.HasPrefix(word, rest):
			s.pos = len(s.text) // the text ends inside the name
			s.fail("")
			return ""
		}
	}
	s.pos = pos
	s.fail("expected a digit")
	return ""
}

// Literal reads the null, true or false that Peek has found.
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
	s.fail("expected null, true or false")
}

// Skip moves past the next value.
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
		s.fail("expected the name of a member")
		return false
	}
	s.skipString()
	if s.err == nil && s.space() != ':' {
		s.fail("expected a colon")
	}
	s.pos++
	return s.err == nil
}

// End fails if the rest of the text is not white space.
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
