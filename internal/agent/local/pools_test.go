package local

import (
	"testing"

	"akita/internal/agent/jsonstream"
	"akita/internal/witness"
)

// A sync.Pool may forget what it is given, so that only an upper bound can be tested.
func TestPoolsKeepNothingLarge(t *testing.T) {
	t.Parallel()
	p := newPools(witness.Options{}, nil)
	for range 100 {
		p.freeBlock(&block{raw: make([]byte, 0, keepRawBytes+1)})
		p.freeBlock(&block{raw: make([]byte, 10), borrowed: true})
		p.freeRecords(make([]byte, 0, keepRecordBytes+1))
		p.freeWindow(make([]byte, 0, jsonstream.LargeBytes+1))
		if b := p.newBlock(7); cap(b.raw) != 0 || b.number != 7 {
			t.Fatalf("a block with memory of %d bytes", cap(b.raw))
		}
		if n := cap(p.newRecords()); n != 0 {
			t.Fatalf("records with memory of %d bytes", n)
		}
		if n := cap(p.newWindow()); n != jsonstream.WindowBytes {
			t.Fatalf("a window of %d bytes", n)
		}
	}
}
