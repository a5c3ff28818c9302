package local

import (
	"errors"
	"fmt"
	"io"

	"akita/internal/jsonscan"
)

// Sizes of an envelope's window on the body, in bytes.
const (
	windowBytes = 64 << 10  // at the start
	largeBytes  = 512 << 10 // a window above this needs leave
)

// errLong says that a value is longer than it may be; it has been passed over.
var errLong = errors.New("a value is too long")

// syntaxError says where a body stops being JSON.
type syntaxError struct{ offset int64 }

func (e *syntaxError) Error() string { return fmt.Sprintf("no JSON at byte %d", e.offset) }

// envelope reads a JSON object from a stream, whose members may be far longer
// than memory. It finds where values end and leaves what is inside them to
// others, so that a fault inside one value does not spoil those beside it.
type envelope struct {
	body   io.Reader
	window []byte // what was read of the body and is still needed; window[pos:] is unread
	pos    int
	offset int64  // of window[0] in the body
	open   []byte // of the last matcher, for the next one
	// enlarge is asked for leave before the window grows above largeBytes.
	enlarge func() error
}

// members calls visit at the value of each member; visit moves past it.
func (e *envelope) members(visit func(name string) error) error {
	switch c, err := e.space(); {
	case err != nil:
		return err
	case c != '{':
		if _, err := e.value(windowBytes); err != nil && !errors.Is(err, errLong) {
			return err
		}
		return errNotObject
	}
	e.pos++
	if err := e.items('}', func() error {
		name, err := e.name()
		if err != nil {
			return err
		}
		return visit(name)
	}); err != nil {
		return err
	}
	switch _, err := e.space(); {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("%w: more follows it", errNotObject)
}

// name reads a member's name and the colon behind it.
func (e *envelope) name() (string, error) {
	if c, err := e.space(); err != nil {
		return "", err
	} else if c != '"' {
		return "", e.fault()
	}
	name, err := e.text(windowBytes)
	if err != nil {
		return "", err
	}
	if c, err := e.space(); err != nil {
		return "", err
	} else if c != ':' {
		return "", e.fault()
	}
	e.pos++
	return name, nil
}

// elements calls visit with each element of the array at hand, as JSON text that
// holds until the next one; null stands for an empty array. An element of
// limit bytes or more is given as nil.
func (e *envelope) elements(limit int, visit func(raw []byte) error) error {
	switch c, err := e.space(); {
	case err != nil:
		return err
	case c == 'n':
		return e.skip()
	case c != '[':
		return errWrongType
	}
	e.pos++
	return e.items(']', func() error {
		raw, err := e.value(limit)
		if err != nil && !errors.Is(err, errLong) {
			return err
		}
		return visit(raw)
	})
}

// items calls item for each item up to the end of the object or array that was entered.
func (e *envelope) items(end byte, item func() error) error {
	c, err := e.space()
	if err != nil {
		return err
	}
	if c == end {
		e.pos++
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		switch c, err := e.space(); {
		case err != nil:
			return err
		case c == end:
			e.pos++
			return nil
		case c != ',':
			return e.fault()
		}
		e.pos++
	}
}

// text reads a string whose JSON text is shorter than limit bytes; null is an empty one.
func (e *envelope) text(limit int) (string, error) {
	raw, err := e.value(limit)
	if err != nil {
		return "", err
	}
	start := e.offset + int64(e.pos-len(raw))
	s := jsonscan.New(string(raw))
	switch s.Peek() {
	case jsonscan.Null:
		return "", nil
	case jsonscan.String:
		text := s.Text()
		if s.Err() != nil {
			return "", &syntaxError{start}
		}
		return text, nil
	}
	return "", errWrongType
}

// skip moves past the value at hand, however long it is.
func (e *envelope) skip() error {
	if _, err := e.value(0); err != nil && !errors.Is(err, errLong) {
		return err
	}
	return nil
}

// value moves past the value at hand and returns its text, which holds until the
// next call; errLong where it is limit bytes or longer. It matches quotes and brackets
// only: whether the text is JSON is for its reader to say.
func (e *envelope) value(limit int) ([]byte, error) {
	first, err := e.space()
	if err != nil {
		return nil, err
	}
	switch first {
	case ',', ':', ']', '}':
		return nil, e.fault()
	}
	m := matcher{open: e.open[:0]}
	defer func() { e.open = m.open }()
	end, long := e.pos, false
	for {
		n, done := m.match(e.window[end:])
		end += n
		long = long || end-e.pos >= limit
		if m.faulty {
			e.pos = end
			return nil, e.fault()
		}
		if done {
			break
		}
		if long {
			e.pos = end
		}
		end -= e.pos // as fill moves what is kept to the window's start
		if err := e.fill(); err != nil {
			return nil, err
		}
	}
	raw := e.window[e.pos:end]
	e.pos = end
	if long {
		return nil, errLong
	}
	return raw, nil
}

// space moves to the next byte that is no white space and returns it; at the end
// of the body the error is io.ErrUnexpectedEOF.
func (e *envelope) space() (byte, error) {
	for {
		for ; e.pos < len(e.window); e.pos++ {
			switch c := e.window[e.pos]; c {
			case ' ', '\n', '\t', '\r':
			default:
				return c, nil
			}
		}
		if err := e.fill(); err != nil {
			return 0, err
		}
	}
}

// fill reads on. What was read before pos is gone then.
func (e *envelope) fill() error {
	e.offset += int64(e.pos)
	e.window = e.window[:copy(e.window, e.window[e.pos:])]
	e.pos = 0
	if len(e.window) == cap(e.window) {
		if err := e.grow(); err != nil {
			return err
		}
	}
	for {
		n, err := e.body.Read(e.window[len(e.window):cap(e.window)])
		e.window = e.window[:len(e.window)+n]
		switch {
		case n > 0:
			return nil // an error comes again
		case errors.Is(err, io.EOF):
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
	}
}

func (e *envelope) grow() error {
	size := max(2*cap(e.window), windowBytes)
	if size > largeBytes && cap(e.window) <= largeBytes {
		if err := e.enlarge(); err != nil {
			return err
		}
	}
	larger := make([]byte, len(e.window), size)
	copy(larger, e.window)
	e.window = larger
	return nil
}

func (e *envelope) fault() error { return &syntaxError{e.offset + int64(e.pos)} }
