package local

import "bytes"

// maxOpen bounds the brackets that are open at a time: many more than any reader follows.
const maxOpen = 4096

// matcher finds the end of one JSON value by its quotes and brackets, over any number of
// pieces of text.
type matcher struct {
	open    []byte // the brackets that are still to close, as their closing ones
	quoted  bool   // inside a string
	escaped bool   // behind a backslash in it
	scalar  bool   // inside a number or a word that is the whole value
	faulty  bool   // a bracket closes another one, or too many are open: where the value ends is not known
}

// match returns how many bytes of text still belong to the value, and whether it
// ends there, or is faulty there.
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

// skipStructure moves up to a string, or to what ends the value.
func (m *matcher) skipStructure(text []byte) int {
	for i, c := range text {
		switch c {
		case '"':
			m.quoted = true
			return i + 1
		case '{', '[':
			m.open = append(m.open, c+2) // in ASCII
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

// skipString moves to behind the string's end, or to the end of text.
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
