// Package delta folds calls by hour and part. What a daemon sends in place of single witnesses is a
// delta: merged into the units of its hours and parts, it gives the model that the witnesses give
// (docs/adr/0026-fold-at-the-edge.md).
package delta

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/hour"
	"akita/internal/packed"
	"akita/internal/witness"
)

// MediaType is that of an encoded delta.
const MediaType = "application/vnd.akita.delta"

// magic are the first bytes of an encoded delta. Lines of witnesses never begin with them.
const magic = "AKD1"

// MagicBytes is how many bytes IsEncoded looks at.
const MagicBytes = len(magic)

// Key names what a call touches: its hour, by the clock of the machine that saw it, and its part.
type Key struct {
	Hour hour.Hour // NoHour if the call has no time
	Part apimodel.Part
}

// NoHour is the hour of calls without a time.
const NoHour hour.Hour = 0

// Delta is a sum of calls. It is not safe for concurrent use.
type Delta struct {
	models map[Key]*apimodel.Model
	calls  int
}

// New returns a delta without calls.
func New() *Delta { return &Delta{models: make(map[Key]*apimodel.Model)} }

// Add adds a call. The delta shares no memory with it afterwards.
func (d *Delta) Add(w *witness.Witness) {
	key := Key{Part: apimodel.PartOf(w)}
	if !w.Start.IsZero() {
		key.Hour = hour.Of(w.Start)
	}
	m, ok := d.models[key]
	if !ok {
		m = apimodel.New()
		d.models[key] = m
	}
	m.Add(w)
	d.calls++
}

// Calls returns how many calls were added.
func (d *Delta) Calls() int { return d.calls }

// Len returns how many models the delta has.
func (d *Delta) Len() int { return len(d.models) }

// Models yields the models, in order.
func (d *Delta) Models() iter.Seq2[Key, *apimodel.Model] {
	return func(yield func(Key, *apimodel.Model) bool) {
		for _, key := range slices.SortedFunc(maps.Keys(d.models), Key.compare) {
			if !yield(key, d.models[key]) {
				return
			}
		}
	}
}

func (k Key) compare(o Key) int {
	return cmp.Or(cmp.Compare(k.Hour, o.Hour), cmp.Compare(k.Part, o.Part))
}

// Encode returns the bytes of the delta. Equal deltas are equal bytes.
func (d *Delta) Encode() []byte {
	var w packed.Writer
	w.Uint(uint64(len(d.models)))
	for key, m := range d.Models() {
		w.Int(int64(key.Hour))
		w.Uint(uint64(key.Part))
		m.Pack(&w)
	}
	return append([]byte(magic), w.Bytes()...)
}

// IsEncoded reports whether bytes begin like an encoded delta.
func IsEncoded(b []byte) bool { return strings.HasPrefix(string(b[:min(len(b), MagicBytes)]), magic) }

// maxCalls bounds the calls of a delta from outside.
const maxCalls = 1 << 30

var errNotDelta = errors.New("it does not begin like a delta")

// Decode decodes a delta of any origin. It fails unless the delta could be a sum of valid witnesses.
func Decode(b []byte) (*Delta, error) {
	if !IsEncoded(b) {
		return nil, fmt.Errorf("decode delta: %w", errNotDelta)
	}
	r := packed.NewReader(b[len(magic):])
	d := New()
	for range r.Len() {
		key := Key{hour.Hour(r.Int()), apimodel.Part(r.Uint())}
		m := apimodel.UnpackPart(r, key.Part)
		if r.Err() != nil {
			break
		}
		if d.models[key] != nil {
			r.Refuse("it has two models of one hour and part")
			break
		}
		d.models[key] = m
		if d.calls += int(m.Witnesses()); d.calls < 0 || d.calls > maxCalls {
			r.Refuse("it has too many calls")
		}
	}
	if r.Err() == nil && r.Rest() > 0 {
		r.Refuse("the delta has ended")
	}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("decode delta: %w", err)
	}
	return d, nil
}
