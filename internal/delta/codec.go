package delta

import (
	"errors"
	"fmt"
	"slices"

	"akita/internal/apimodel"
	"akita/internal/hour"
	"akita/internal/packed"
	"akita/internal/series"
	"akita/internal/witness"
)

// MediaType is that of an encoded delta.
const MediaType = "application/vnd.akita.delta.v3"

// MediaTypes are those of all deltas that Decode reads. Earlier daemons send deltas without consumers
// (v2), and such in which calls that are alone are lines.
var MediaTypes = []string{MediaType, "application/vnd.akita.delta.v2", "application/vnd.akita.delta"}

// BundlesHeader is the header of an upload with the ids of the bundles in a delta, separated by commas,
// but for the one in the URL.
const BundlesHeader = "Akita-Bundles"

// magic are the first bytes of an encoded delta. Lines of witnesses never begin with them. A delta of an
// earlier daemon begins with others, and its models have another version of the encoding.
const (
	magic        = "AKD2"
	earlierMagic = "AKD1"

	earlierCodecVersion = 4
)

// MagicBytes is how many bytes IsEncoded looks at.
const MagicBytes = len(magic)

// Encode returns the bytes of the delta: its sums in order, each as calls that are alone, a model
// and a series, if it has any.
// Nothing can be added to it afterwards.
func (d *Delta) Encode() []byte {
	size := d.models * modelBytes
	for at, record := range d.alone {
		if record != inModel {
			s := d.sum(at.Key)
			s.alone = append(s.alone, record)
			size += len(record) + recordBytes
		}
	}
	clear(d.alone)
	w := packed.NewWriter(magic, size)
	w.Uint(uint64(len(d.sums)))
	for key, s := range d.Sums() {
		slices.Sort(s.alone)
		w.Int(int64(key.Hour))
		w.Uint(uint64(key.Part))
		w.Uint(uint64(len(s.alone)))
		for _, record := range s.alone {
			w.Blob(record)
		}
		w.Bool(s.folded != nil)
		if s.folded != nil {
			s.folded.model.Pack(w)
			s.folded.series.Pack(w)
		}
	}
	return w.Bytes()
}

// modelBytes and recordBytes are roughly the encoded size of a model, and what a record takes beside it.
const (
	modelBytes  = 1 << 10
	recordBytes = 16
)

// IsEncoded reports whether bytes begin like an encoded delta.
func IsEncoded(b []byte) bool {
	begin := string(b[:min(len(b), MagicBytes)])
	return begin == magic || begin == earlierMagic
}

var errNotDelta = errors.New("it does not begin like a delta")

// maxCalls bounds the calls of a delta from outside.
const maxCalls = 1 << 30

// Decode decodes a delta of any origin. It fails unless the delta could be a sum of valid witnesses.
func Decode(b []byte) (*Delta, error) { return new(Decoder).Decode(b) }

// Decoder decodes deltas, and keeps its memory from one to the next. The zero Decoder is ready to use;
// it is not safe for concurrent use.
type Decoder struct {
	texts    packed.Texts
	unpacker witness.Unpacker
	call     witness.Witness
}

// Decode is like the function Decode.
func (c *Decoder) Decode(b []byte) (*Delta, error) {
	if !IsEncoded(b) {
		return nil, fmt.Errorf("decode delta: %w", errNotDelta)
	}
	r := packed.NewReaderOf(b[len(magic):], &c.texts)
	version := uint64(apimodel.CodecVersion)
	if string(b[:MagicBytes]) == earlierMagic {
		version = earlierCodecVersion
	}
	d := New()
	c.delta(d, r, version)
	if r.Err() == nil && r.Rest() > 0 {
		r.Refuse("the delta has ended")
	}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("decode delta: %w", err)
	}
	return d, nil
}

// delta reads the sums, whose models have a version of the encoding.
func (c *Decoder) delta(d *Delta, r *packed.Reader, version uint64) {
	for range r.Len() {
		key := Key{hour.Hour(r.Int()), apimodel.Part(r.Uint())}
		if d.sums[key] != nil {
			r.Refuse("it has two sums of one hour and part")
		}
		s := d.sum(key)
		for range r.Len() {
			call := r.Blob()
			c.check(r, call, key)
			if r.Err() != nil {
				return
			}
			s.alone = append(s.alone, call)
			d.size += len(call)
			d.calls++
		}
		if r.Bool() {
			s.folded = &folded{apimodel.UnpackPart(r, key.Part, version), series.Unpack(r)}
			d.models++
			d.calls += int(min(s.folded.model.Witnesses(), maxCalls))
			if s.folded.series.ByHour() || s.folded.series.Calls() != s.folded.model.Witnesses() {
				r.Refuse("a series is not of the calls of its model")
			}
		}
		switch {
		case s.folded == nil && len(s.alone) == 0:
			r.Refuse("a sum has no calls")
		case d.calls >= maxCalls:
			r.Refuse("it has too many calls")
		}
		if r.Err() != nil {
			return
		}
	}
}

// check refuses what is not a call of an hour and part.
func (c *Decoder) check(r *packed.Reader, call string, key Key) {
	if len(call) > witness.MaxLineBytes {
		r.Refuse("a call is too long")
	} else if err := c.unpacker.Read(&c.call, call); err != nil {
		r.Refuse("a call is malformed: " + err.Error())
	} else if partOf(&c.call) != key {
		r.Refuse("a call is not of its hour and part")
	}
}
