package local

import (
	"runtime"
	"sync"

	"akita/internal/agent/jsonstream"
	"akita/internal/gate"
	"akita/internal/witness"
)

// maxObfuscators bounds the blocks that are obfuscated at the same time, because the
// application needs cores too.
const maxObfuscators = 4

// Larger memory than this, in bytes, is not kept for the next request.
const (
	keepRawBytes    = 2 * blockBytes
	keepRecordBytes = 2 << 20
)

// pools keep memory from one request to the next. Their methods are safe for
// concurrent use.
type pools struct {
	obfuscators              chan *obfuscator // those that are idle
	blocks, records, windows sync.Pool
}

func newPools(options witness.Options, names *gate.Gate) *pools {
	n := min(runtime.GOMAXPROCS(0), maxObfuscators)
	p := &pools{obfuscators: make(chan *obfuscator, n)}
	for range n {
		p.obfuscators <- &obfuscator{options: options, gate: names}
	}
	return p
}

func (p *pools) newBlock(number int) *block {
	b, ok := p.blocks.Get().(*block)
	if !ok {
		b = new(block)
	}
	b.reset(number)
	return b
}

func (p *pools) freeBlock(b *block) {
	if !b.borrowed && cap(b.raw) <= keepRawBytes {
		p.blocks.Put(b)
	}
}

func (p *pools) newRecords() []byte {
	if records, ok := p.records.Get().(*[]byte); ok {
		return (*records)[:0]
	}
	return nil
}

func (p *pools) freeRecords(records []byte) {
	if cap(records) <= keepRecordBytes {
		p.records.Put(&records)
	}
}

func (p *pools) newWindow() []byte {
	if window, ok := p.windows.Get().(*[]byte); ok {
		return *window
	}
	return make([]byte, 0, jsonstream.WindowBytes)
}

func (p *pools) freeWindow(window []byte) {
	if cap(window) <= jsonstream.LargeBytes {
		p.windows.Put(&window)
	}
}
