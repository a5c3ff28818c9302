package har

import "strings"

// elementEnd finds the end of an array element from brackets and quotes alone, to skip an
// element that is not JSON or is nested too deeply. A string ends at the end of its line,
// because JSON has no strings with line breaks.
type elementEnd struct {
	open            []byte // open brackets
	quoted, escaped bool
	// lost reports that brackets do not match, so the end of the element is unknown.
	lost bool
}

// maxOpen is the maximum number of open brackets of an elementEnd. It bounds the memory.
const maxOpen = 1 << 20

// is reports whether the next byte, c, is the comma or the bracket after the element, or
// whether the end has become unknown.
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

// closes handles a closing bracket and reports what is reports. Without an open bracket, "}"
// is ignored and "]" ends the array around the element.
func (e *elementEnd) closes(c byte) bool {
	last := len(e.open) - 1
	if last < 0 {
		return c == ']'
	}
	e.lost = (e.open[last] == '{') != (c == '}')
	e.open = e.open[:last]
	return e.lost
}

// lineStart finds the next line that may start an entry. Entries may span several lines, so
// such a line is not blank, not indented, and does not start with a closing bracket.
type lineStart struct{ afterBreak bool }

// is reports whether the next byte, c, starts such a line.
func (l *lineStart) is(c byte) bool {
	is := l.afterBreak && strings.IndexByte(" \t\r\n]}", c) < 0
	l.afterBreak = c == '\n'
	return is
}
