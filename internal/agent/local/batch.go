package local

import (
	"errors"

	"github.com/go-json-experiment/json"

	"akita/internal/agent/jsonstream"
)

// maxTextBytes bounds the JSON text of a string next to the events.
const maxTextBytes = 4 << 10

// maxTraceIDs bounds the traces that a request names.
const maxTraceIDs = 100

var (
	errLateID     = errors.New("batch_id must stand before trace_events if there are many events")
	errLateTraces = errors.New("trace_ids must stand before trace_events")
	errManyTraces = errors.New("trace_ids has more than 100 traces")
)

// batch reads an events request: its names, and its events as blocks.
type batch struct {
	reader *jsonstream.Reader
	pools  *pools

	client   string   // "" until it is read
	id       string   // chosen by the client; "" if there is none
	traceIDs []string // the traces that saw the events; nil if the client does not say
	begun    bool     // trace_events has been read, at least in part
	tooLarge int      // events that were skipped because of their size
	block    *block   // being filled
}

// read reads the whole request and calls write with each block. write owns the
// block, unless it is borrowed: then it is valid until write returns. If read
// fails, the block that was being filled is not written.
func (b *batch) read(write func(*block) error) error {
	b.block = b.pools.newBlock(0)
	if err := b.reader.Members(func(name string) error { return b.member(name, write) }); err != nil {
		return err
	}
	return b.send(b.block, write) // no block follows the last one
}

func (b *batch) member(name string, write func(*block) error) (err error) {
	switch name {
	case "client_name":
		b.client, err = b.reader.Text(maxTextBytes)
		if err == nil && !validName(clientName(b.client)) {
			err = errBadClientName
		}
	case "batch_id":
		b.id, err = b.reader.Text(maxTextBytes)
		if err == nil && b.id != "" && b.block.number > 0 {
			err = errLateID
		}
	case "trace_ids":
		err = b.readTraceIDs()
	case "trace_events":
		b.begun = true
		err = b.reader.Elements(maxEventBytes, func(raw []byte) error { return b.event(raw, write) })
	default: // no_more_events too: see traces.Registry.Find
		err = b.reader.Skip()
	}
	return err
}

// readTraceIDs reads which traces saw the events.
func (b *batch) readTraceIDs() error {
	if b.begun {
		return errLateTraces
	}
	b.traceIDs = []string{}
	return b.reader.Elements(maxTextBytes, func(raw []byte) error {
		var id string
		if json.Unmarshal(raw, &id) != nil {
			return jsonstream.ErrWrongType
		}
		if len(b.traceIDs) == maxTraceIDs {
			return errManyTraces
		}
		b.traceIDs = append(b.traceIDs, id)
		return nil
	})
}

// event adds an event to the current block. One that fills a block by itself is
// written from where it was read, which saves a copy.
func (b *batch) event(raw []byte, write func(*block) error) error {
	switch {
	case raw == nil:
		b.tooLarge++
		return nil
	case len(raw) < blockBytes:
		if b.block.add(raw); b.block.full() {
			return b.flush(write)
		}
		return nil
	}
	if len(b.block.ends) > 0 {
		if err := b.flush(write); err != nil {
			return err
		}
	}
	alone := &block{number: b.block.number, raw: raw, ends: []int{len(raw)}, borrowed: true}
	b.block.number++
	return b.send(alone, write)
}

// flush writes the current block and begins the next one.
func (b *batch) flush(write func(*block) error) error {
	full := b.block
	b.block = b.pools.newBlock(full.number + 1)
	return b.send(full, write)
}

func (b *batch) send(full *block, write func(*block) error) error {
	full.client, full.batchID, full.traceIDs = clientName(b.client), b.id, b.traceIDs
	return write(full)
}
