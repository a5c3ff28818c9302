package jsonstream

import "bytes"

// maxOpen bounds the depth of brackets. It is far above what any JSON reader accepts.
const maxOpen = 4096

// matcher finds the end of one JSON value by its quotes and brackets. The text may
// come in any number of pieces.
type matcher struct {
	open    []byte // the closing brackets that are still to come
	quoted  bool   // inside a string
	escaped bool   // after a backslash in a string
	scalar  bool   // inside a number or a word that is the whole value
	faulty  bool   // brackets do not match, or are nested too deeply
}

// match returns how many bytes of text belong to the value. done reports whether
// the value ends there or is faulty there.
func (m *matcher) match(text []byte) (n int, done bool) {
	for n < len(text) {
		switch {
		case m.scalar:
			end := bytes.IndexAny(text[n:], ",]} \t\r\n")
			if end < 0 {
				return len(text), false
			}
			return n + end, true
		case m.quoted:
			n += m.skipString(text[n:])
		default:
			n += m.skipStructure(text[n:])
		}
		if m.faulty || len(m.open) == 0 && !m.quoted && !m.scalar && n > 0 {
			return n, true
		}
	}
	return len(text), false
}

// skipStructure returns the offset of the next string's content, or of the value's end.
func (m *matcher) skipStructure(text []byte) int {
	for i, c := range text {
		switch c {
		case '"':
			m.quoted = true
			return i + 1
		case '{', '[':
			m.open = append(m.open, c+2) // the closing bracket, in ASCII
			if len(m.open) > maxOpen {
				m.faulty = true
				return i
			}
		case '}', ']':
			last := len(m.open) - 1
			if m.open[last] != c {
				m.faulty = true
				return i
			}
			if m.open = m.open[:last]; last == 0 {
				return i + 1
			}
		default:
			if len(m.open) == 0 {
				m.scalar = true
				return i
			}
		}
	}
	return len(text)
}

// skipString returns the offset after the string, or the length of text if the string goes on.
func (m *matcher) skipString(text []byte) int {
	i := 0
	if m.escaped {
		m.escaped, i = false, 1
	}
	for i < len(text) {
		switch text[i] {
		case '"':
			m.quoted = false
			return i + 1
		case '\\':
			i++
		}
		i++
	}
	m.escaped = i > len(text)
	return len(text)
}
