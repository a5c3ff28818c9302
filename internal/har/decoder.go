package har

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"akita/internal/jsonscan"
)

// MaxEntryBytes bounds one entry, and every other value of a file, as JSON text.
const MaxEntryBytes = 256 << 20

// Errors of a file.
var (
	// ErrNoHAR says that a file is no HTTP archive.
	ErrNoHAR = errors.New(`no HAR: it has no "log" with "entries"`)
	// ErrTooLarge says that one value is larger than MaxEntryBytes.
	ErrTooLarge = fmt.Errorf("a single entry is larger than %d MiB", MaxEntryBytes>>20)
)

// EntryError is a bad entry among others; the next call of Next reads on.
type EntryError struct {
	Index int // of the entry in the file, from 0
	Err   error
}

func (e *EntryError) Error() string { return fmt.Sprintf("entry %d: %v", e.Index, e.Err) }
func (e *EntryError) Unwrap() error { return e.Err }

// Decoder reads the entries of a file one after the other, holding one at a
// time: a HAR ({"log": {"entries": [...]}}), a bare array of entries, or one
// entry per line (NDJSON). A byte order mark is passed over.
type Decoder struct {
	r     io.Reader
	chunk []byte
	text  string // a window of the file; what is unread is text[pos:]
	pos   int
	held  int   // what fill must keep from, where it is not pos; -1 for none
	base  int64 // offset of the window in the file
	eof   bool
	state decoderState
	index int // of the next entry
}

type decoderState int

const (
	atStart   decoderState = iota
	inEntries              // inside an array of entries
	inLines                // entry after entry
	atEnd
)

// NewDecoder returns a Decoder of r.
func NewDecoder(r io.Reader) *Decoder {
	return &Decoder{r: r, held: -1}
}

// Next reads the next entry into e. It returns io.EOF after the last one, an
// *EntryError for an entry that is bad while the rest can be read, and any
// other error where the file cannot be read on.
func (d *Decoder) Next(e *Entry) error {
	if d.state == atStart {
		if err := d.start(); err != nil {
			d.state = atEnd
			return err
		}
	}
	if err := d.toEntry(); err != nil {
		d.state = atEnd
		return err
	}
	err := d.entry(e)
	index := d.index
	d.index++
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrNotACall):
		return &EntryError{Index: index, Err: err}
	}
	d.state = atEnd
	return err
}

// start finds the first entry.
func (d *Decoder) start() error {
	c, err := d.space()
	if err != nil {
		return d.unlessEOF(err, ErrNoHAR)
	}
	if strings.HasPrefix(d.text[d.pos:], "\xef\xbb\xbf") {
		d.pos += 3
		if c, err = d.space(); err != nil {
			return d.unlessEOF(err, ErrNoHAR)
		}
	}
	switch c {
	case '[':
		d.pos++
		d.state = inEntries
		return nil
	case '{':
		return d.startObject()
	}
	return ErrNoHAR
}

// startObject looks whether the file's first object is a HAR or an entry.
func (d *Decoder) startObject() error {
	d.held = d.pos
	d.pos++
	found, err := d.findMember(map[string]byte{"log": '{', "request": 0})
	start := d.held
	d.held = -1
	if err != nil {
		return err
	}
	if found == "request" {
		d.pos = start
		d.state = inLines
		return nil
	}
	d.pos++
	if _, err := d.findMember(map[string]byte{"entries": '['}); err != nil {
		return err
	}
	d.pos++
	d.state = inEntries
	return nil
}

// findMember moves to the value of the first of the members wanted whose value starts with
// the byte given (0: any) and returns its name; the others are passed over.
func (d *Decoder) findMember(wanted map[string]byte) (string, error) {
	for first := true; ; first = false {
		c, err := d.space()
		if err != nil {
			return "", d.unlessEOF(err, jsonscan.ErrTruncated)
		}
		if c == '}' {
			return "", ErrNoHAR
		}
		if c == ',' && !first {
			d.pos++
			if c, err = d.space(); err != nil {
				return "", d.unlessEOF(err, jsonscan.ErrTruncated)
			}
		}
		if c != '"' {
			return "", d.syntaxError("a member's name should start here")
		}
		quoted, err := d.value()
		if err != nil {
			return "", err
		}
		s := jsonscan.New(quoted)
		s.Peek()
		name := s.Text()
		if c, err = d.space(); err != nil || c != ':' {
			return "", d.unlessEOF(err, d.syntaxError("a colon should stand here"))
		}
		d.pos++
		if c, err = d.space(); err != nil {
			return "", d.unlessEOF(err, jsonscan.ErrTruncated)
		}
		if start, ok := wanted[name]; ok && (start == 0 || start == c) {
			return name, nil
		}
		if _, err := d.value(); err != nil {
			return "", err
		}
	}
}

// toEntry moves to the next entry; io.EOF after the last one.
func (d *Decoder) toEntry() error {
	if d.state == atEnd {
		return io.EOF
	}
	c, err := d.space()
	if err != nil {
		if d.state == inLines && errors.Is(err, io.EOF) {
			return io.EOF
		}
		return d.unlessEOF(err, jsonscan.ErrTruncated)
	}
	if d.state != inEntries {
		return nil
	}
	if c == ']' {
		return io.EOF
	}
	if d.index > 0 {
		if c != ',' {
			return d.syntaxError("a comma or the end of the entries should stand here")
		}
		d.pos++
	}
	return nil
}

// entry reads the value at hand into e and moves past it. An entry that is no call is
// passed over too, with an error that wraps ErrNotACall.
func (d *Decoder) entry(e *Entry) error {
	var call error
	_, err := d.read(func(text string) (int, error) {
		var n int
		n, call = parseEntry(text, e)
		if call != nil && !errors.Is(call, ErrNotACall) {
			return n, call
		}
		return n, nil
	})
	if err != nil {
		return err
	}
	return call
}

// value returns the text of the next value and moves past it.
func (d *Decoder) value() (string, error) {
	return d.read(func(text string) (int, error) {
		s := jsonscan.New(text)
		s.Skip()
		return s.Offset(), s.Err()
	})
}

// read reads one value with parse, again with more text where that ended too early, and
// returns its text.
func (d *Decoder) read(parse func(text string) (int, error)) (string, error) {
	for {
		n, err := parse(d.text[d.pos:])
		atEdge := n == len(d.text)-d.pos // a number may go on
		if err == nil && (!atEdge || d.eof) {
			raw := d.text[d.pos : d.pos+n]
			d.pos += n
			return raw, nil
		}
		var syntax *jsonscan.SyntaxError
		switch {
		case errors.As(err, &syntax):
			d.pos += syntax.Offset
			return "", d.syntaxError(syntax.What)
		case err != nil && !errors.Is(err, jsonscan.ErrTruncated):
			return "", err
		case d.eof:
			return "", fmt.Errorf("the file is cut: %w", jsonscan.ErrTruncated)
		}
		if err := d.fill(); err != nil {
			return "", err
		}
	}
}

// space moves to the next byte that is no white space and returns it.
func (d *Decoder) space() (byte, error) {
	for {
		for d.pos < len(d.text) {
			switch c := d.text[d.pos]; c {
			case ' ', '\n', '\t', '\r':
				d.pos++
			default:
				return c, nil
			}
		}
		if d.eof {
			return 0, io.EOF
		}
		if err := d.fill(); err != nil {
			return 0, err
		}
	}
}

// minChunkBytes is how much is read at a time, at the least.
const minChunkBytes = 64 << 10

// fill appends at least as much text as there is unread, so that a large value is
// scanned from its start only a few times.
func (d *Decoder) fill() error {
	from := d.pos
	if d.held >= 0 {
		from = d.held
		d.held = 0
	}
	unread := d.text[from:]
	if len(unread) > MaxEntryBytes {
		return ErrTooLarge
	}
	if want := max(minChunkBytes, len(unread)); len(d.chunk) < want {
		d.chunk = make([]byte, want)
	}
	n, err := io.ReadFull(d.r, d.chunk)
	var text strings.Builder
	text.Grow(len(unread) + n)
	text.WriteString(unread)
	text.Write(d.chunk[:n])
	d.text = text.String()
	d.base += int64(from)
	d.pos -= from
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		d.eof = true
	case err != nil:
		return fmt.Errorf("read: %w", err)
	}
	return nil
}

func (d *Decoder) syntaxError(what string) error {
	return fmt.Errorf("invalid JSON at byte %d: %s", d.base+int64(d.pos), what)
}

func (d *Decoder) unlessEOF(err, atEOF error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return atEOF
	}
	return err
}
