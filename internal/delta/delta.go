// Package delta folds calls by hour and part. What a daemon sends in place of single witnesses is a
// delta: merged into the units of its hours and parts, it gives the model that the witnesses give
// (docs/adr/0026-fold-at-the-edge.md).
package delta

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"

	"akita/internal/apimodel"
	"akita/internal/hour"
	"akita/internal/series"
	"akita/internal/witness"
)

// Key names what a call touches: its hour, by the clock of the machine that saw it, and its part.
type Key struct {
	Hour hour.Hour // NoHour if the call has no time
	Part apimodel.Part
}

// NoHour is the hour of calls without a time.
const NoHour hour.Hour = 0

// Delta is a sum of calls. It is not safe for concurrent use.
type Delta struct {
	sums   map[Key]*Sum
	alone  map[place]string // records of calls that are alone at their place; Encode moves them to sums
	calls  int
	models int // sums that have a model
	size   int // of the records of calls that are alone, in bytes

	witness  witness.Witness // the call that was read last
	unpacker witness.Unpacker
}

// Sum is the calls of one hour and part: a model, and calls that are alone in their operation and so
// are smaller without one, as records or lines.
type Sum struct {
	folded *folded // nil if all are alone
	alone  []string
}

// folded is what is known of several calls.
type folded struct {
	model  *apimodel.Model
	series *series.Series
}

// add adds a call.
func (f *folded) add(w *witness.Witness) {
	f.model.Add(w)
	f.series.Add(w, minuteOf(w))
}

// AddTo adds the calls to a model, which shares no memory with them afterwards, and returns how often
// their operations were called, in the minutes of the calls (OwnMinutes) or all in one minute. What it
// returns may be a part of the delta: do not change it. The error is one of a call that is no witness,
// which a delta that was decoded does not have.
func (s *Sum) AddTo(m *apimodel.Model, minute int, u *witness.Unpacker) (*series.Series, error) {
	all := series.New()
	if s.folded != nil {
		m.Merge(s.folded.model)
		if all = s.folded.series; minute != OwnMinutes {
			all = all.AtMinute(minute)
		}
		if len(s.alone) > 0 {
			sum := series.New()
			sum.Merge(all)
			all = sum
		}
	}
	var w witness.Witness
	for _, call := range s.alone {
		if err := u.Read(&w, call); err != nil {
			return nil, fmt.Errorf("%w: %w", witness.ErrMalformed, err)
		}
		m.Add(&w)
		of := minute
		if of == OwnMinutes {
			of = minuteOf(&w)
		}
		all.Add(&w, of)
	}
	return all, nil
}

// OwnMinutes stands for the minutes of the calls themselves.
const OwnMinutes = -1

// minuteOf returns the minute of the hour in which a call began, by the clock of the machine that saw
// it.
func minuteOf(w *witness.Witness) int { return w.Start.Minute() }

// New returns a delta without calls.
func New() *Delta { return &Delta{sums: make(map[Key]*Sum), alone: make(map[place]string)} }

// Add adds a call. The delta shares no memory with it afterwards.
func (d *Delta) Add(w *witness.Witness) {
	d.folded(placeOf(w).Key).add(w)
	d.calls++
}

// folded returns what is folded of an hour and part, and makes it if there is nothing.
func (d *Delta) folded(key Key) *folded {
	s := d.sum(key)
	if s.folded == nil {
		s.folded = &folded{apimodel.New(), series.New()}
		d.models++
	}
	return s.folded
}

func (d *Delta) sum(key Key) *Sum {
	s := d.sums[key]
	if s == nil {
		s = &Sum{}
		d.sums[key] = s
	}
	return s
}

// AddRecords adds witnesses as records or lines (package witness), with their places; without places,
// all are decoded. The delta shares memory with the records. After an error, a part of them was added.
func (d *Delta) AddRecords(records string, places Places) error {
	add := d.addUnplaced
	if places != nil {
		add = func(record string) error {
			at, err := places.next()
			if err != nil {
				return err
			}
			return d.addRecord(at, record)
		}
	}
	for record := range witness.Records(records) {
		if err := add(record); err != nil {
			return err
		}
	}
	if len(places) > 0 {
		return errBadPlaces
	}
	return nil
}

// addUnplaced adds a witness of an unknown place.
func (d *Delta) addUnplaced(record string) error {
	if err := d.read(record); err != nil {
		return err
	}
	d.Add(&d.witness)
	return nil
}

// AddRead adds a witness that is at hand, with its record, which is copied if it is kept. The delta
// shares no memory with both afterwards.
func (d *Delta) AddRead(w *witness.Witness, record []byte) error {
	at := placeOf(w)
	other, ok := d.alone[at]
	switch {
	case !ok:
		d.alone[at] = string(record)
		d.size += len(record)
	case other != inModel:
		if err := d.fold(at, other); err != nil {
			return err
		}
		fallthrough
	default:
		d.folded(at.Key).add(w)
	}
	d.calls++
	return nil
}

// fold moves the record of a call that was alone into the model of its place.
func (d *Delta) fold(at place, record string) error {
	if err := d.read(record); err != nil {
		return err
	}
	d.folded(at.Key).add(&d.witness)
	d.alone[at] = inModel
	d.size -= len(record)
	return nil
}

// Take adds what another delta of records holds, and takes it over: it must not be used any more.
func (d *Delta) Take(o *Delta) error {
	for key, theirs := range o.sums {
		if own := d.sum(key); own.folded == nil {
			own.folded = theirs.folded
			d.models++
		} else {
			own.folded.model.Merge(theirs.folded.model)
			own.folded.series.Merge(theirs.folded.series)
		}
	}
	d.calls += o.calls
	for at, record := range o.alone {
		other, ok := d.alone[at]
		var err error
		switch {
		case !ok:
			d.alone[at] = record
		case record == inModel && other != inModel:
			err = d.fold(at, other)
		case record != inModel:
			d.calls-- // it is counted again
			err = d.addRecord(at, record)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Bytes returns roughly the memory of a delta to which AddRead has added, or that was decoded.
func (d *Delta) Bytes() int { return d.size + d.models*heapPerModel }

// heapPerModel is roughly the memory of a model with its series.
const heapPerModel = 8 << 10

// inModel stands in place of the record of a call that is in a model already.
const inModel = "\x00"

// addRecord adds a witness of a known place. It decodes it only if it is not alone there.
func (d *Delta) addRecord(at place, record string) error {
	other, ok := d.alone[at]
	if !ok {
		d.alone[at] = record
		d.calls++
		return nil
	}
	if other != inModel {
		if err := d.fold(at, other); err != nil {
			return err
		}
	}
	if err := d.read(record); err != nil {
		return err
	}
	d.folded(at.Key).add(&d.witness)
	d.calls++
	return nil
}

// read reads a record into d.witness.
func (d *Delta) read(record string) error {
	if err := d.unpacker.Read(&d.witness, record); err != nil {
		return fmt.Errorf("%w: %w", witness.ErrMalformed, err)
	}
	return nil
}

// Calls returns how many calls were added.
func (d *Delta) Calls() int { return d.calls }

// Len returns how many models and single calls the delta has.
func (d *Delta) Len() int {
	n := d.models + len(d.alone)
	for _, s := range d.sums {
		n += len(s.alone)
	}
	return n
}

// Models returns how many models the delta has. They take most of the memory.
func (d *Delta) Models() int { return d.models }

// Sums yields the sums of a delta that was decoded, or that has no calls alone, in order.
func (d *Delta) Sums() iter.Seq2[Key, *Sum] {
	return func(yield func(Key, *Sum) bool) {
		for _, key := range slices.SortedFunc(maps.Keys(d.sums), Key.compare) {
			if !yield(key, d.sums[key]) {
				return
			}
		}
	}
}

func (k Key) compare(o Key) int {
	return cmp.Or(cmp.Compare(k.Hour, o.Hour), cmp.Compare(k.Part, o.Part))
}
