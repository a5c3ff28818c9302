package packed

import "math/bits"

// BitWriter appends to a record of numbers that take few bits each. The zero BitWriter is ready to use.
type BitWriter struct {
	buf   []byte
	bits  uint64 // the last ones, which are not in buf yet
	count int    // how many these are, below 8
}

// Bool writes one bit.
func (w *BitWriter) Bool(b bool) {
	var bit uint64
	if b {
		bit = 1
	}
	w.Bits(bit, 1)
}

// Bits writes the last n bits of a number.
func (w *BitWriter) Bits(value uint64, n int) {
	if n > 32 {
		w.Bits(value>>32, n-32)
		n = 32
	}
	w.bits = w.bits<<n | value&(1<<n-1)
	for w.count += n; w.count >= 8; {
		w.count -= 8
		w.buf = append(w.buf, byte(w.bits>>w.count))
	}
}

// Number writes a number below 2^64-1 in as many bits as it needs (Elias gamma): 1 for 0, 3 for 1 and 2,
// 5 for 3 to 6.
func (w *BitWriter) Number(value uint64) {
	n := bits.Len64(value + 1)
	w.Bits(0, n-1)
	w.Bits(value+1, n)
}

// Text returns what was written, for Writer.Blob.
func (w *BitWriter) Text() string {
	if w.count == 0 {
		return string(w.buf)
	}
	return string(append(w.buf, byte(w.bits<<(8-w.count))))
}

// BitReader reads what a BitWriter wrote, in the same order. After its end, it returns zeros.
type BitReader struct {
	text string
	at   int // in bits
	bad  bool
}

// NewBitReader returns a BitReader of what BitWriter.Text returned.
func NewBitReader(text string) *BitReader { return &BitReader{text: text} }

// Bool reads one bit.
func (r *BitReader) Bool() bool {
	if r.at>>3 >= len(r.text) {
		r.bad = true
		return false
	}
	bit := r.text[r.at>>3] >> (7 - r.at&7) & 1
	r.at++
	return bit != 0
}

// Bits reads a number of n bits.
func (r *BitReader) Bits(n int) (value uint64) {
	for range n {
		value <<= 1
		if r.Bool() {
			value |= 1
		}
	}
	return value
}

// Number reads what BitWriter.Number wrote.
func (r *BitReader) Number() uint64 {
	n := 0
	for !r.Bool() {
		if n++; r.bad || n > 63 {
			r.bad = true
			return 0
		}
	}
	if value := (1<<n | r.Bits(n)) - 1; !r.bad {
		return value
	}
	return 0
}

// IsBad reports whether a number was malformed, or the record was too short.
func (r *BitReader) IsBad() bool { return r.bad }

// IsDone reports whether all was read but for the bits that fill the last byte, which are zero.
func (r *BitReader) IsDone() bool {
	rest := len(r.text)*8 - r.at
	return !r.bad && rest < 8 && r.Bits(rest) == 0
}
