package local

import "errors"

// maxTextBytes bounds a string beside the events, as JSON text.
const maxTextBytes = 4 << 10

// Errors of a body that is JSON, but not what the contract says.
var (
	errNotObject = errors.New("it is not an object")
	errWrongType = errors.New("a member has another type than it should")
	errLateID    = errors.New("batch_id stands behind trace_events: put it before them where there are many")
)

// batch is an events request as it is read: its names, and its events in blocks.
type batch struct {
	client string // "" where it was not named yet
	id     string // the client's own id of the batch; "" where it has none
	large  int    // events that were passed over because of their size

	block *block // being filled
	// flush takes a full block, and returns an empty one with the next number.
	flush func(*block) (*block, error)
	// store takes a block and is done with it when it returns.
	store func(*block) error
}

// read reads the envelope as a stream. When it returns, the last block was not flushed.
func (b *batch) read(e *envelope) error {
	return e.members(func(name string) error { return b.member(e, name) })
}

func (b *batch) member(e *envelope, name string) (err error) {
	switch name {
	case "client_name":
		b.client, err = e.text(maxTextBytes)
		if err == nil && !validName(clientName(b.client)) {
			err = errBadClientName
		}
	case "batch_id":
		b.id, err = e.text(maxTextBytes)
		if err == nil && b.id != "" && b.block.number > 0 {
			err = errLateID
		}
	case "trace_events":
		err = e.elements(maxEventBytes, b.event)
	default: // no_more_events too: see traces.Registry.Find
		err = e.skip()
	}
	return err
}

func (b *batch) event(raw []byte) (err error) {
	switch {
	case raw == nil:
		b.large++
		return nil
	case len(raw) >= blockBytes:
		return b.storeAlone(raw)
	}
	b.block.add(raw)
	if b.block.full() {
		b.block, err = b.flush(b.block)
	}
	return err
}

// storeAlone makes an event a block of its own, which spares a copy of it.
func (b *batch) storeAlone(raw []byte) (err error) {
	if len(b.block.ends) > 0 {
		if b.block, err = b.flush(b.block); err != nil {
			return err
		}
	}
	err = b.store(alone(b.block.number, raw))
	b.block.number++
	return err
}
