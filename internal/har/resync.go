package har

import "strings"

// elementEnd finds where an element of an array ends by brackets and quotes alone, so that
// one which is no JSON, or nested too deeply, can be passed over. A string ends with its
// line at the latest, for JSON has none that goes over lines.
type elementEnd struct {
	depth           int
	quoted, escaped bool
}

// is reports whether c, the next byte, is the comma or the bracket after the element.
func (e *elementEnd) is(c byte) bool {
	if e.quoted {
		e.quoted = e.escaped || c != '"'
		e.escaped = c == '\\' && !e.escaped
		if c == '\n' {
			e.quoted, e.escaped = false, false
		}
		return false
	}
	switch c {
	case '"':
		e.quoted = true
	case '{', '[':
		e.depth++
	case '}':
		e.depth = max(0, e.depth-1)
	case ']':
		e.depth--
		return e.depth < 0
	case ',':
		return e.depth == 0
	}
	return false
}

// lineStart finds the next line that may start an entry: one that is neither blank nor
// indented, and does not close what is open, for entries may also go over several lines.
type lineStart struct{ afterBreak bool }

// is reports whether c, the next byte, starts such a line.
func (l *lineStart) is(c byte) bool {
	is := l.afterBreak && strings.IndexByte(" \t\r\n]}", c) < 0
	l.afterBreak = c == '\n'
	return is
}
