package har

import "strings"

// elementEnd finds where an element of an array ends by brackets and quotes alone, so that
// one which is no JSON, or nested too deeply, can be passed over. A string ends with its
// line at the latest, for JSON has none that goes over lines.
type elementEnd struct {
	open            []byte // brackets
	quoted, escaped bool
	// lost says that brackets do not match: the element may have swallowed others.
	lost bool
}

// maxOpen bounds the brackets that elementEnd follows, and with them its memory.
const maxOpen = 1 << 20

// is reports whether c, the next byte, is the comma or the bracket after the element, or
// where that cannot be told any more.
func (e *elementEnd) is(c byte) bool {
	if e.quoted {
		e.quoted = (e.escaped || c != '"') && c != '\n'
		e.escaped = c == '\\' && !e.escaped
		return false
	}
	switch c {
	case '"':
		e.quoted, e.escaped = true, false
	case '{', '[':
		e.open = append(e.open, c)
		e.lost = len(e.open) > maxOpen
	case '}', ']':
		return e.closes(c)
	case ',':
		return len(e.open) == 0
	}
	return e.lost
}

// closes takes a closing bracket. A "}" that closes nothing is passed over; a "]" ends the
// array around the element.
func (e *elementEnd) closes(c byte) bool {
	last := len(e.open) - 1
	if last < 0 {
		return c == ']'
	}
	e.lost = (e.open[last] == '{') != (c == '}')
	e.open = e.open[:last]
	return e.lost
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
