package har

import (
	"errors"
	"io"
)

// MaxEntryBytes bounds one entry, and every other value of a file, as JSON text.
const MaxEntryBytes = 256 << 20

// Decoder reads the entries of a file one after the other, holding one at a time. It takes
//   - a HAR ({"log": {"entries": [...]}}), or its log alone;
//   - the same as JSONP (callback({...}););
//   - an array of entries;
//   - entries one after the other, usually one per line (NDJSON);
//   - several of the former in one stream.
//
// A byte order mark is passed over.
type Decoder struct {
	window
	state  decoderState
	first  bool // in an array: before its first entry
	around int  // objects that are open around the array of entries
	index  int  // of the next entry
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
	return &Decoder{window: window{r: r, limit: MaxEntryBytes, held: -1}}
}

// Next reads the next entry into e. It returns io.EOF after the last one, an *EntryError
// for an entry that is bad while the rest can be read, a *BrokenError where the rest cannot
// be read, which wraps what the reader said if it failed, and an error that wraps ErrNoHAR
// for a file that is no archive.
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

// toEntry moves to the next entry; io.EOF after the last one.
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
				return d.broken(orCut(err))
			}
			d.pos++
			if err := d.leave(); err != nil {
				return d.broken(err)
			}
		}
	}
}

// broken makes a *BrokenError of what hinders reading a file on, and leaves nil, io.EOF and
// the finding that the whole file is no HAR as they are.
func (d *Decoder) broken(err error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, ErrNoHAR) && d.index == 0 {
		return err
	}
	return &BrokenError{Index: d.index, Err: err}
}

// entry reads the entry at hand into e and moves past it. An entry that is no call is
// passed over too, with an error that wraps ErrNotACall.
func (d *Decoder) entry(e *Entry) error {
	if d.state == inEntries && !d.first {
		if d.text[d.pos] != ',' {
			return d.syntaxError(0, "a comma or the end of the entries should stand here")
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

// resync moves past the entry at hand, which is no JSON, and reports whether it could.
func (d *Decoder) resync() bool {
	if d.state == inLines {
		err := d.skipTo(new(lineStart).is)
		return err == nil || errors.Is(err, io.EOF)
	}
	var end elementEnd
	return d.skipTo(end.is) == nil && !end.lost
}
