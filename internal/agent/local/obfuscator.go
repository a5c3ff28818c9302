package local

import (
	"errors"

	"akita/internal/delta"
	"akita/internal/gate"
	"akita/internal/har"
	"akita/internal/shape"
	"akita/internal/witness"
)

// arenaBytes bounds the events whose shapes are made in an arena. An arena keeps up to
// 75 bytes for each byte of an event until the event is done; for larger ones the garbage
// collector frees what is merged on the way.
const arenaBytes = 64 << 10

// Reasons for dropping an event. They hold no value of it.
var (
	errLargeEvent = errors.New("the event is too large")
	errPanicked   = errors.New("internal error")
)

// result says what became of events.
type result struct {
	taken   int   // events of which a witness was made
	dropped int   // events that were not taken
	reason  error // why the last of them was dropped

	traceIDs []string // of a request that names traces: those for which its events were taken
}

func (r *result) add(more result) {
	r.taken += more.taken
	r.dropped += more.dropped
	if more.reason != nil {
		r.reason = more.reason
	}
}

// obfuscator makes witnesses of events. It is used by one goroutine at a time,
// and keeps its memory from one event to the next.
type obfuscator struct {
	options witness.Options
	gate    *gate.Gate // nil withholds no name
	entry   har.Entry
	arena   shape.Arena
	packer  witness.Packer
	cache   witness.Cache
	pages   witness.Pages

	folds    bool                // reports whether to fold the next block
	distinct map[string]struct{} // the places of the witnesses of a block
}

// foldShare is how many calls of one operation a block must have, on average, so that the next one is
// folded. A model of few calls costs more than to decode their witnesses again.
const foldShare = 8

// obfuscate appends the witnesses of a block's events to records, and notes their sizes and
// places in the block. It folds them too if the last block had many calls of each operation.
func (o *obfuscator) obfuscate(b *block, records []byte) ([]byte, result) {
	var made result
	start := 0
	b.sizes, b.places, b.calls = b.sizes[:0], nil, nil
	if o.folds {
		b.calls = delta.New()
	}
	clear(o.distinct)
	for _, end := range b.ends {
		more, err := o.event(b.raw[start:end], records, b)
		start = end
		if err != nil {
			made.add(result{dropped: 1, reason: err})
			b.sizes = append(b.sizes, 0)
			continue
		}
		b.sizes = append(b.sizes, len(more)-len(records))
		records = more
		made.taken++
	}
	o.folds = made.taken >= foldShare*len(o.distinct)
	return records, made
}

// event appends the witness of one event of a block to records, and adds it to what the block knows of
// its witnesses.
func (o *obfuscator) event(raw, records []byte, b *block) (_ []byte, err error) {
	defer func() {
		// The application's users choose what an event holds. If one reaches a bug of
		// ours, only that event is lost. The panic's value may hold data of it and is
		// not kept.
		if recover() != nil {
			err = errPanicked
		}
	}()
	if err := har.ParseEntry(raw, &o.entry); err != nil {
		return records, err
	}
	options := o.options
	options.Cache, options.Pages, options.MaxExpanded = &o.cache, &o.pages, witness.LiveExpanded
	if len(raw) <= arenaBytes {
		o.arena.Reset()
		options.Arena = &o.arena
	}
	w := witness.FromEntry(&o.entry, options)
	if o.gate != nil {
		o.gate.Filter(&w, o.gate.Call(raw))
	}
	if err := w.Validate(); err != nil { // the server would refuse the whole bundle
		return records, err
	}
	more, err := o.packer.Append(records, &w)
	if err == nil && b.calls != nil {
		err = b.calls.AddRead(&w, more[len(records):])
	}
	if err != nil {
		return records, err
	}
	o.note(b, &w)
	return more, nil
}

// note notes the place of a witness of a block.
func (o *obfuscator) note(b *block, w *witness.Witness) {
	before := len(b.places)
	b.places.Append(w)
	if _, ok := o.distinct[string(b.places[before:])]; ok {
		return
	}
	if o.distinct == nil {
		o.distinct = make(map[string]struct{})
	}
	o.distinct[string(b.places[before:])] = struct{}{}
}
