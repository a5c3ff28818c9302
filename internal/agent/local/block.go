package local

import (
	"errors"

	"akita/internal/har"
	"akita/internal/shape"
	"akita/internal/witness"
)

// Bounds of a block, whichever is reached first.
const (
	blockEvents = 256
	blockBytes  = 512 << 10 // of JSON text; the event that reaches it is still in, unless it is as long by itself
)

// arenaBytes bounds the events whose shapes are made in an arena, which keeps up to 75 bytes for each
// byte of them until the event is done; of larger ones the garbage collector frees what is
// merged on the way.
const arenaBytes = 64 << 10

// Reasons for dropping an event; they hold no value of it.
var (
	errLargeEvent = errors.New("the event is too large")
	errPanicked   = errors.New("internal error")
)

// block is a run of events of one request, as JSON texts: what is obfuscated and
// made durable at once. Where a request is cut into blocks depends on its bytes
// alone, so that it is the same when the request is sent again.
type block struct {
	number   int // in the request, from 0
	raw      []byte
	ends     []int // where each event ends in raw
	borrowed bool  // raw is a part of the request's window
}

// alone is a block of one event that is left where it was read.
func alone(number int, event []byte) *block {
	return &block{number: number, raw: event, ends: []int{len(event)}, borrowed: true}
}

func (b *block) add(event []byte) {
	b.raw = append(b.raw, event...)
	b.ends = append(b.ends, len(b.raw))
}

func (b *block) full() bool { return len(b.ends) >= blockEvents || len(b.raw) >= blockBytes }

func (b *block) reset(number int) {
	b.number, b.raw, b.ends = number, b.raw[:0], b.ends[:0]
}

// obfuscator makes witnesses of events. It is used by one goroutine at a time,
// and keeps its memory from one event to the next.
type obfuscator struct {
	options witness.Options
	entry   har.Entry
	arena   shape.Arena
	routes  witness.Routes
}

// harvest is what became of a block: witnesses, no values.
type harvest struct {
	lines  []byte // NDJSON
	count  int    // of witnesses in lines
	drops  int    // events that were not taken
	reason error  // why the last of them was not
}

// obfuscate appends the witnesses of a block's events to lines.
func (o *obfuscator) obfuscate(b *block, lines []byte) harvest {
	h := harvest{lines: lines}
	start := 0
	for _, end := range b.ends {
		lines, err := o.event(b.raw[start:end], h.lines)
		start = end
		if err != nil {
			h.drops++
			h.reason = err
			continue
		}
		h.lines = lines
		h.count++
	}
	return h
}

// event appends the witness of one event to lines.
func (o *obfuscator) event(raw, lines []byte) (_ []byte, err error) {
	defer func() {
		// An event is whatever an application was sent. If one finds a fault in
		// our code, it costs that one event; what was panicked with may hold a
		// value and is not kept.
		if recover() != nil {
			err = errPanicked
		}
	}()
	if err := har.ParseEntry(raw, &o.entry); err != nil {
		return lines, err
	}
	options := o.options
	options.Routes = &o.routes
	if len(raw) <= arenaBytes {
		o.arena.Reset()
		options.Arena = &o.arena
	}
	w := witness.FromEntry(&o.entry, options)
	if err := w.Validate(); err != nil { // the server would refuse the whole bundle
		return lines, err
	}
	return witness.AppendLine(lines, &w)
}
