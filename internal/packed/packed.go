// Package packed writes and reads compact binary records: counts as varints, and each text in full
// only once. Equal records are equal bytes if their parts are written in the same order.
package packed

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Writer appends to a record. The zero Writer is ready to use.
type Writer struct {
	// Full writes each text in full each time, which is faster, and for records that are compressed
	// hardly larger.
	Full bool

	buf   []byte
	texts map[string]uint64 // the texts written so far, by number
}

// NewWriter returns a Writer with a record that begins with some bytes, which are not part of what a
// Reader reads, and room for size more.
func NewWriter(begin string, size int) *Writer {
	return &Writer{buf: append(make([]byte, 0, len(begin)+size), begin...)}
}

// Reset empties the Writer for another record, which takes over the memory of what was written.
func (w *Writer) Reset() {
	w.buf = w.buf[:0]
	clear(w.texts)
}

// Bytes returns what was written.
func (w *Writer) Bytes() []byte { return w.buf }

// Uint writes a number.
func (w *Writer) Uint(n uint64) { w.buf = binary.AppendUvarint(w.buf, n) }

// Int writes a number that may be negative.
func (w *Writer) Int(n int64) { w.buf = binary.AppendVarint(w.buf, n) }

// Float writes a number with a fraction.
func (w *Writer) Float(f float64) {
	w.buf = binary.LittleEndian.AppendUint64(w.buf, math.Float64bits(f))
}

// Bool writes a truth value.
func (w *Writer) Bool(b bool) {
	if b {
		w.buf = append(w.buf, 1)
	} else {
		w.buf = append(w.buf, 0)
	}
}

// Blob writes a text that is hardly repeated: its length and the text itself.
func (w *Writer) Blob(text string) {
	w.Uint(uint64(len(text)))
	w.buf = append(w.buf, text...)
}

// Record writes what another Writer wrote, which must have no texts.
func (w *Writer) Record(record []byte) { w.buf = append(w.buf, record...) }

// Text writes a text: twice its length and the text itself at first, and twice its number plus one
// when it is repeated.
func (w *Writer) Text(text string) {
	if !w.Full && w.repeat(text) {
		return
	}
	w.Uint(uint64(len(text)) << 1)
	w.buf = append(w.buf, text...)
}

// repeat writes the number of a text and reports true, or gives the text a number.
func (w *Writer) repeat(text string) bool {
	if number, ok := w.texts[text]; ok {
		w.Uint(number<<1 | 1)
		return true
	}
	if w.texts == nil {
		w.texts = make(map[string]uint64)
	}
	w.texts[text] = uint64(len(w.texts))
	return false
}

// ErrMalformed means that a record is cut off or was not written by a Writer.
var ErrMalformed = errors.New("malformed record")

// Reader reads what a Writer wrote, in the same order. After an error, it returns zeros.
type Reader struct {
	rest  []byte
	texts []string
	known *Texts // nil for none
	err   error
}

// NewReader returns a Reader of a record. What it returns shares no memory with the record.
func NewReader(record []byte) *Reader { return NewReaderOf(record, nil) }

// NewReaderOf is like NewReader. The texts that it returns are those of known, which may be nil.
func NewReaderOf(record []byte, known *Texts) *Reader { return &Reader{rest: record, known: known} }

// Reset makes the Reader one of another record, as NewReaderOf does.
func (r *Reader) Reset(record []byte, known *Texts) {
	*r = Reader{rest: record, texts: r.texts[:0], known: known}
}

// Err returns the first error. It wraps ErrMalformed.
func (r *Reader) Err() error { return r.err }

// Rest returns how many bytes are left.
func (r *Reader) Rest() int { return len(r.rest) }

// Refuse ends the reading with an error that says what is wrong, unless there was one before.
func (r *Reader) Refuse(reason string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s, %d bytes before its end", ErrMalformed, reason, len(r.rest))
	}
	r.rest = nil
}

// Uint reads a number.
func (r *Reader) Uint() uint64 {
	if len(r.rest) > 0 && r.rest[0] < 0x80 { // as most numbers are
		n := uint64(r.rest[0])
		r.rest = r.rest[1:]
		return n
	}
	n, size := binary.Uvarint(r.rest)
	r.skipNumber(size)
	return n
}

// Int reads a number that may be negative.
func (r *Reader) Int() int64 {
	n, size := binary.Varint(r.rest)
	r.skipNumber(size)
	return n
}

// skipNumber skips a number of size bytes. If size is not positive, the number is malformed, and
// package binary has read 0.
func (r *Reader) skipNumber(size int) {
	if size <= 0 {
		r.Refuse("a number is cut off")
		return
	}
	r.rest = r.rest[size:]
}

// Float reads a number with a fraction.
func (r *Reader) Float() float64 {
	if len(r.rest) < 8 {
		r.Refuse("a number is cut off")
		return 0
	}
	f := math.Float64frombits(binary.LittleEndian.Uint64(r.rest))
	r.rest = r.rest[8:]
	return f
}

// Bool reads a truth value.
func (r *Reader) Bool() bool { return r.Uint() != 0 }

// Text reads a text.
func (r *Reader) Text() string {
	n := r.Uint()
	if n&1 == 1 {
		if n >>= 1; n < uint64(len(r.texts)) {
			return r.texts[n]
		}
		r.Refuse("a text repeats one that is missing")
		return ""
	}
	if n >>= 1; n > uint64(len(r.rest)) {
		r.Refuse("a text is cut off")
		return ""
	}
	if r.err != nil {
		return ""
	}
	text := r.known.text(r.rest[:n])
	r.rest = r.rest[n:]
	if r.texts == nil {
		r.texts = make([]string, 0, usualTexts)
	}
	r.texts = append(r.texts, text)
	return text
}

// Blob reads what Writer.Blob wrote.
func (r *Reader) Blob() string {
	n := r.Len()
	text := string(r.rest[:n])
	r.rest = r.rest[n:]
	return text
}

// usualTexts is how many texts a record has, mostly.
const usualTexts = 48

// Len reads the length of a list of at least one byte an item, so that a malformed length takes no
// memory.
func (r *Reader) Len() int {
	n := r.Uint()
	if n > uint64(len(r.rest)) {
		r.Refuse("a list is cut off")
		return 0
	}
	return int(n)
}
