// Package jsonstream reads one JSON object from a stream in a bounded amount of
// memory, however long its members are. It finds where values end by their quotes
// and brackets, and leaves their content to the caller: a fault inside one element
// does not spoil its neighbours.
package jsonstream

import (
	"errors"
	"fmt"
	"io"

	"akita/internal/jsonscan"
)

// Sizes of a Reader's window on the stream, in bytes.
const (
	WindowBytes = 64 << 10  // at the start
	LargeBytes  = 512 << 10 // above this, Enlarge is called before the window grows
)

// maxNameBytes bounds the JSON text of a member's name.
const maxNameBytes = WindowBytes

// Errors of a stream that is not what the caller asked for.
var (
	ErrNotObject = errors.New("it is not a JSON object")
	ErrWrongType = errors.New("a member has the wrong type")
	ErrTooLong   = errors.New("a value is too long") // it has been skipped
)

// SyntaxError reports where a stream stops being JSON.
type SyntaxError struct{ Offset int64 } // in bytes, from the start of the stream

func (e *SyntaxError) Error() string { return fmt.Sprintf("invalid JSON at byte %d", e.Offset) }

// Config is what a Reader works with.
type Config struct {
	Body io.Reader
	// Window is memory to begin with; nil is replaced by WindowBytes. Reader.Window
	// returns it, or its larger replacement, for the next Reader.
	Window []byte
	// Enlarge is called once, before the window grows above LargeBytes. Its error
	// ends reading. nil allows any size.
	Enlarge func() error
}

// Reader reads one JSON object. Its methods return io.ErrUnexpectedEOF if the
// stream ends too early, a *SyntaxError if it is not JSON, and the errors of
// Config.Body and Config.Enlarge as they are.
type Reader struct {
	body    io.Reader
	enlarge func() error
	window  []byte // what was read and is still needed; window[pos:] is unread
	pos     int
	offset  int64  // of window[0] in the stream
	open    []byte // memory of the last matcher, for the next one
}

// NewReader returns a reader at the start of a stream.
func NewReader(config Config) *Reader {
	return &Reader{body: config.Body, enlarge: config.Enlarge, window: config.Window[:0]}
}

// Window returns the reader's window, which the reader must no longer use then.
func (r *Reader) Window() []byte { return r.window }

// Members reads the object and calls visit for each member; visit must read the
// member's value with Elements, Text or Skip.
func (r *Reader) Members(visit func(name string) error) error {
	switch c, err := r.space(); {
	case err != nil:
		return err
	case c != '{':
		if err := r.Skip(); err != nil {
			return err
		}
		return ErrNotObject
	}
	r.pos++
	if err := r.items('}', func() error {
		name, err := r.name()
		if err != nil {
			return err
		}
		return visit(name)
	}); err != nil {
		return err
	}
	switch _, err := r.space(); {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("%w: something follows it", ErrNotObject)
}

// name reads a member's name and the colon after it.
func (r *Reader) name() (string, error) {
	if c, err := r.space(); err != nil {
		return "", err
	} else if c != '"' {
		return "", r.fault()
	}
	name, err := r.Text(maxNameBytes)
	if err != nil {
		return "", err
	}
	if c, err := r.space(); err != nil {
		return "", err
	} else if c != ':' {
		return "", r.fault()
	}
	r.pos++
	return name, nil
}

// Elements reads an array and calls visit with the JSON text of each element. The
// text is valid until visit returns; it is nil for an element of limit bytes or
// more. null counts as an empty array.
func (r *Reader) Elements(limit int, visit func(raw []byte) error) error {
	switch c, err := r.space(); {
	case err != nil:
		return err
	case c == 'n':
		return r.Skip()
	case c != '[':
		return ErrWrongType
	}
	r.pos++
	return r.items(']', func() error {
		raw, err := r.value(limit)
		if err != nil && !errors.Is(err, ErrTooLong) {
			return err
		}
		return visit(raw)
	})
}

// items calls item for each item of the object or array whose opening bracket has been read.
func (r *Reader) items(end byte, item func() error) error {
	c, err := r.space()
	if err != nil {
		return err
	}
	if c == end {
		r.pos++
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		switch c, err := r.space(); {
		case err != nil:
			return err
		case c == end:
			r.pos++
			return nil
		case c != ',':
			return r.fault()
		}
		r.pos++
	}
}

// Text reads a string whose JSON text is shorter than limit bytes. null counts as "".
func (r *Reader) Text(limit int) (string, error) {
	raw, err := r.value(limit)
	if err != nil {
		return "", err
	}
	start := r.offset + int64(r.pos-len(raw))
	scanner := jsonscan.New(string(raw))
	switch scanner.Peek() {
	case jsonscan.Null:
		return "", nil
	case jsonscan.String:
		text := scanner.Text()
		if scanner.Err() != nil {
			return "", &SyntaxError{start}
		}
		return text, nil
	}
	return "", ErrWrongType
}

// Skip moves past a value of any length.
func (r *Reader) Skip() error {
	if _, err := r.value(0); err != nil && !errors.Is(err, ErrTooLong) {
		return err
	}
	return nil
}

// value moves past a value and returns its text, which is valid until the next
// call, or ErrTooLong if it has limit bytes or more. Only quotes and brackets are
// checked: the text may not be JSON.
func (r *Reader) value(limit int) ([]byte, error) {
	first, err := r.space()
	if err != nil {
		return nil, err
	}
	switch first {
	case ',', ':', ']', '}':
		return nil, r.fault()
	}
	m := matcher{open: r.open[:0]}
	defer func() { r.open = m.open }()
	end, long := r.pos, false
	for {
		n, done := m.match(r.window[end:])
		end += n
		long = long || end-r.pos >= limit
		if m.faulty {
			r.pos = end
			return nil, r.fault()
		}
		if done {
			break
		}
		if long {
			r.pos = end
		}
		end -= r.pos // fill moves window[pos:] to the start
		if err := r.fill(); err != nil {
			return nil, err
		}
	}
	raw := r.window[r.pos:end]
	r.pos = end
	if long {
		return nil, ErrTooLong
	}
	return raw, nil
}

// space skips white space and returns the next byte, without reading past it.
func (r *Reader) space() (byte, error) {
	for {
		for ; r.pos < len(r.window); r.pos++ {
			switch c := r.window[r.pos]; c {
			case ' ', '\n', '\t', '\r':
			default:
				return c, nil
			}
		}
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
}

// fill reads more of the stream into the window, and forgets what is before pos.
func (r *Reader) fill() error {
	r.offset += int64(r.pos)
	r.window = r.window[:copy(r.window, r.window[r.pos:])]
	r.pos = 0
	if len(r.window) == cap(r.window) {
		if err := r.grow(); err != nil {
			return err
		}
	}
	for {
		n, err := r.body.Read(r.window[len(r.window):cap(r.window)])
		r.window = r.window[:len(r.window)+n]
		switch {
		case n > 0:
			return nil // the next Read returns the error again
		case errors.Is(err, io.EOF):
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
	}
}

func (r *Reader) grow() error {
	size := max(2*cap(r.window), WindowBytes)
	if size > LargeBytes && cap(r.window) <= LargeBytes && r.enlarge != nil {
		if err := r.enlarge(); err != nil {
			return err
		}
	}
	larger := make([]byte, len(r.window), size)
	copy(larger, r.window)
	r.window = larger
	return nil
}

func (r *Reader) fault() error { return &SyntaxError{r.offset + int64(r.pos)} }
