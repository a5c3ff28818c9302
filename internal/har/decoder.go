package har

import (
	"errors"
	"io"
)

// MaxEntryBytes is the maximum size of one entry, or of any other value of a file, as JSON text.
const MaxEntryBytes = 256 << 20

// Decoder reads the entries of a file in order and holds one of them in memory. It accepts
//   - a HAR ({"log": {"entries": [...]}}), or only its log;
//   - the same as JSONP (callback({...}););
//   - an array of entries;
//   - a sequence of entries, usually one per line (NDJSON);
//   - several of these in one stream.
//
// It ignores a byte order mark.
type Decoder struct {
	window
	state decoderState
	first bool // true in an array before its first entry
	depth int  // number of objects around the array of entries
	index int  // index of the next entry
}

type decoderState int

const (
	atStart   decoderState = iota
	inEntries              // inside an array of entries
	inLines                // in a sequence of entries
	atEnd
)

// NewDecoder returns a Decoder that reads from r.
func NewDecoder(r io.Reader) *Decoder {
	return &Decoder{window: window{r: r, limit: MaxEntryBytes, held: -1}}
}

// Next reads the next entry into e. It returns
//   - io.EOF after the last entry;
//   - an *EntryError for a bad entry, if the rest can be read;
//   - a *BrokenError if the rest cannot be read; it wraps an error of the reader;
//   - an error that wraps ErrNotHAR if the file is not an archive.
func (d *Decoder) Next(e *Entry) error {
	if err := d.toEntry(); err != nil {
		d.state = atEnd
		return err
	}
	err := d.entry(e)
	index := d.index
	d.index++
	if err == nil {
		return nil
	}
	if !errors.Is(err, ErrNotACall) && !d.resync() {
		d.state = atEnd
		return &BrokenError{Index: index, Err: err}
	}
	return &EntryError{Index: index, Err: err}
}

// toEntry moves to the next entry. It returns io.EOF after the last one.
func (d *Decoder) toEntry() error {
	for {
		switch d.state {
		case atEnd:
			return io.EOF
		case atStart:
			if err := d.start(); err != nil {
				return d.broken(err)
			}
		case inLines:
			_, err := d.space()
			return d.broken(err)
		case inEntries:
			c, err := d.space()
			if err != nil || c != ']' {
				return d.broken(orTruncated(err))
			}
			d.pos++
			if err := d.leaveArray(); err != nil {
				return d.broken(err)
			}
		}
	}
}

// broken wraps an error in a *BrokenError. It returns nil, io.EOF, and the error for a file
// that is not a HAR at all, unchanged.
func (d *Decoder) broken(err error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, ErrNotHAR) && d.index == 0 {
		return err
	}
	return &BrokenError{Index: d.index, Err: err}
}

// entry reads the current entry into e and moves past it. It also moves past an entry that is
// not a call, and then returns an error that wraps ErrNotACall.
func (d *Decoder) entry(e *Entry) error {
	if d.state == inEntries && !d.first {
		if d.text[d.pos] != ',' {
			return d.syntaxError(0, "expected a comma or the end of the entries")
		}
		d.pos++
	}
	d.first = false
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

// resync moves past the current entry, which is not JSON, and reports whether that succeeded.
func (d *Decoder) resync() bool {
	if d.state == inLines {
		err := d.skipTo(new(lineStart).is)
		return err == nil || errors.Is(err, io.EOF)
	}
	var end elementEnd
	return d.skipTo(end.is) == nil && !end.lost
}
