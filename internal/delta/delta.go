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
	"strings"

	"akita/internal/apimodel"
	"akita/internal/hour"
	"akita/internal/series"
	"akita/internal/shape"
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
	alone  map[place]string // lines of calls that are alone at their place; Encode moves them to sums
	calls  int
	models int // sums that have a model
	size   int // of the lines of calls that are alone, in bytes

	witness witness.Witness // the call that was read last
	arena   shape.Arena     // of its shapes
}

// Sum is the calls of one hour and part: a model, and calls that are alone in their operation and so
// are smaller without one.
type Sum struct {
	folded *folded // nil if all are alone
	lines  []string
	calls  []witness.Witness // the same as lines
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

// AddTo adds the calls to a model, which shares no memory with them afterwards.
func (s *Sum) AddTo(m *apimodel.Model) {
	if s.folded != nil {
		m.Merge(s.folded.model)
	}
	for i := range s.calls {
		m.Add(&s.calls[i])
	}
}

// OwnMinutes stands for the minutes of the calls themselves.
const OwnMinutes = -1

// Series returns how often the operations were called, in the minutes of the calls or all in one
// minute. It may be a part of the delta: do not change it.
func (s *Sum) Series(minute int) *series.Series {
	all := series.New()
	if s.folded != nil {
		all = s.folded.series
		if minute != OwnMinutes {
			all = all.AtMinute(minute)
		}
		if len(s.calls) > 0 {
			sum := series.New()
			sum.Merge(all)
			all = sum
		}
	}
	for i := range s.calls {
		of := minute
		if of == OwnMinutes {
			of = minuteOf(&s.calls[i])
		}
		all.Add(&s.calls[i], of)
	}
	return all
}

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

// AddLines adds witnesses as lines (witness.AppendLine), with their places; without places, all are
// decoded. The delta shares memory with the lines. After an error, a part of the lines was added.
func (d *Delta) AddLines(lines string, places Places) error {
	add := d.addUnplaced
	if places != nil {
		add = func(line string) error {
			at, err := places.next()
			if err != nil {
				return err
			}
			return d.addLine(at, line)
		}
	}
	for line := range strings.Lines(lines) {
		if err := add(line); err != nil {
			return err
		}
	}
	if len(places) > 0 {
		return errBadPlaces
	}
	return nil
}

// addUnplaced adds a witness of an unknown place.
func (d *Delta) addUnplaced(line string) error {
	if err := d.read(line); err != nil {
		return err
	}
	d.Add(&d.witness)
	return nil
}

// AddRead adds a witness that is at hand, with its line, which is copied if it is kept. The delta
// shares no memory with both afterwards.
func (d *Delta) AddRead(w *witness.Witness, line []byte) error {
	at := placeOf(w)
	other, ok := d.alone[at]
	switch {
	case !ok:
		d.alone[at] = string(line)
		d.size += len(line)
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

// fold moves the line of a call that was alone into the model of its place.
func (d *Delta) fold(at place, line string) error {
	if err := d.read(line); err != nil {
		return err
	}
	d.folded(at.Key).add(&d.witness)
	d.alone[at] = inModel
	d.size -= len(line)
	return nil
}

// Take adds what another delta of lines holds, and takes it over: it must not be used any more.
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
	for at, line := range o.alone {
		other, ok := d.alone[at]
		var err error
		switch {
		case !ok:
			d.alone[at] = line
		case line == inModel && other != inModel:
			err = d.fold(at, other)
		case line != inModel:
			d.calls-- // it is counted again
			err = d.addLine(at, line)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Bytes returns roughly the memory of a delta to which AddRead has added.
func (d *Delta) Bytes() int { return d.size + d.models*heapPerModel }

// heapPerModel is roughly the memory of a model with its series.
const heapPerModel = 8 << 10

// inModel stands in place of the line of a call that is in a model already.
const inModel = "\x00"

// addLine adds a witness of a known place. It decodes it only if it is not alone there.
func (d *Delta) addLine(at place, line string) error {
	other, ok := d.alone[at]
	if !ok {
		d.alone[at] = line
		d.calls++
		return nil
	}
	if other != inModel {
		if err := d.fold(at, other); err != nil {
			return err
		}
	}
	if err := d.read(line); err != nil {
		return err
	}
	d.folded(at.Key).add(&d.witness)
	d.calls++
	return nil
}

// read reads a line into d.witness.
func (d *Delta) read(line string) error {
	d.arena.Reset()
	if err := d.witness.ReadLine(line, &d.arena); err != nil {
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
		n += len(s.calls)
	}
	return n
}

// Models returns how many models the delta has. They take most of the memory.
func (d *Delta) Models() int { return d.models }

// Sums yields the sums of a delta that was decoded, or that has no lines, in order.
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
