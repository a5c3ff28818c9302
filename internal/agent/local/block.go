package local

import (
	"strconv"

	"akita/internal/delta"
)

// Bounds of a block, whichever is reached first.
const (
	blockEvents = 256
	blockBytes  = 512 << 10 // of JSON text; the event that reaches it is still part of the block
)

// block is a run of events of one request, as JSON texts. A block is obfuscated and
// written to disk as a whole. Where a request is cut into blocks depends on its bytes
// alone, so that the blocks are the same if the request is sent again.
type block struct {
	client   string   // that sent it
	batchID  string   // of the request; "" if it has none
	traceIDs []string // of the request: the traces that saw its events; nil if it does not say
	number   int      // in the request, from 0
	raw      []byte
	ends     []int        // where each event ends in raw
	sizes    []int        // of the witness of each event, in bytes, 0 if there is none; set by obfuscate
	places   delta.Places // of the witnesses; set by obfuscate
	calls    *delta.Delta // the same witnesses; set by obfuscate, nil if they are not folded
	borrowed bool         // raw is part of the reader's window
}

// spoolID is the id of a block as a batch of the spool, which stores no batch twice.
func (b *block) spoolID() string {
	if b.batchID == "" || b.number == 0 {
		return b.batchID
	}
	return b.batchID + "\x00" + strconv.Itoa(b.number)
}

func (b *block) add(event []byte) {
	b.raw = append(b.raw, event...)
	b.ends = append(b.ends, len(b.raw))
}

func (b *block) full() bool { return len(b.ends) >= blockEvents || len(b.raw) >= blockBytes }

func (b *block) reset(number int) {
	*b = block{number: number, raw: b.raw[:0], ends: b.ends[:0], sizes: b.sizes[:0]}
}
