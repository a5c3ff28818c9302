package series

import (
	"errors"
	"fmt"

	"akita/internal/apimodel"
	"akita/internal/packed"
)

// version is the first number of an encoded series.
const version = 1

// Limits of what Unmarshal reads.
const (
	maxStatus = 999
	minutes   = 60
	hours     = 31 * 24 // of a month
)

// ErrUnsupported means that another version of this package wrote a series.
var ErrUnsupported = errors.New("series of another version")

// MarshalBinary returns the encoding of the series: equal series are equal bytes. It returns no error.
func (s *Series) MarshalBinary() ([]byte, error) {
	var w packed.Writer
	w.Uint(version)
	s.Pack(&w)
	return w.Bytes(), nil
}

// Unmarshal reads what MarshalBinary wrote. The error wraps packed.ErrMalformed or ErrUnsupported.
func Unmarshal(encoded []byte) (*Series, error) {
	r := packed.NewReader(encoded)
	if v := r.Uint(); r.Err() == nil && v != version {
		return nil, fmt.Errorf("%w: %d", ErrUnsupported, v)
	}
	s := Unpack(r)
	if r.Rest() > 0 {
		r.Refuse("data follow the series")
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// Pack writes the series as a part of a record.
func (s *Series) Pack(w *packed.Writer) {
	w.Bool(s.byHour)
	s.rest.pack(w)
	w.Uint(uint64(len(s.operations)))
	for _, op := range s.operations {
		for _, text := range []string{op.key.Host, op.key.Method, op.key.Path, op.key.Base} {
			w.Text(text)
		}
		w.Bool(op.key.IsRoute)
		op.pack(w)
	}
}

// Unpack reads what Pack wrote. The reader has the error.
func Unpack(r *packed.Reader) *Series {
	s := New()
	slots := minutes
	if s.byHour = r.Bool(); s.byHour {
		slots = hours
	}
	s.rest.unpack(r, slots)
	for range r.Len() {
		key := apimodel.OperationKey{
			Host: r.Text(), Method: r.Text(), Path: r.Text(), Base: r.Text(), IsRoute: r.Bool(),
		}
		op := s.operation(key)
		op.unpack(r, slots)
		if r.Err() != nil {
			break
		}
	}
	return s
}

// pack writes the slots of each status, each status and slot as the distance from the one before.
func (op *operation) pack(w *packed.Writer) {
	w.Uint(uint64(len(op.statuses)))
	code := 0
	for i := range op.statuses {
		of := &op.statuses[i]
		w.Uint(uint64(of.code - code))
		code = of.code
		w.Uint(uint64(len(of.slots)))
		at := 0
		for j := range of.slots {
			c := &of.slots[j]
			w.Uint(uint64(c.at - at))
			at = c.at
			if c.encoded == nil {
				var own packed.Writer
				c.Count.pack(&own)
				c.encoded = own.Bytes()
			}
			w.Record(c.encoded)
		}
	}
}

func (op *operation) unpack(r *packed.Reader, slots int) {
	code := uint64(0)
	for range r.Len() {
		if code += r.Uint(); code > maxStatus {
			r.Refuse("a status is too large")
			return
		}
		at := uint64(0)
		for range r.Len() {
			if at += r.Uint(); at >= uint64(slots) {
				r.Refuse("a minute or hour is too large")
				return
			}
			c := op.at(int(code), int(at))
			c.Calls, c.RequestBytes, c.ResponseBytes = r.Uint(), r.Uint(), r.Uint()
			c.Latency.Unpack(r)
		}
	}
}

// pack writes no text, so that what it writes is a record of its own.
func (c *Count) pack(w *packed.Writer) {
	w.Uint(c.Calls)
	w.Uint(c.RequestBytes)
	w.Uint(c.ResponseBytes)
	c.Latency.Pack(w)
}
