package local

import (
	"context"
	"runtime"

	"akita/internal/witness"
)

// What is kept for the next request is no larger than this, in bytes.
const (
	keepRawBytes   = 2 * blockBytes
	keepLinesBytes = 2 << 20
)

// newObfuscators returns as many obfuscators as can work at the same time.
func newObfuscators(options witness.Options) chan *obfuscator {
	n := min(runtime.GOMAXPROCS(0), maxObfuscators)
	all := make(chan *obfuscator, n)
	for range n {
		all <- &obfuscator{options: options}
	}
	return all
}

func (s *Server) newLines() []byte {
	if lines, ok := s.lines.Get().(*[]byte); ok {
		return (*lines)[:0]
	}
	return nil
}

func (s *Server) freeLines(lines []byte) {
	if cap(lines) <= keepLinesBytes {
		s.lines.Put(&lines)
	}
}

func (s *Server) newBlock(number int) *block {
	b, ok := s.emptyBlocks.Get().(*block)
	if !ok {
		b = new(block)
	}
	b.reset(number)
	return b
}

func (s *Server) freeBlock(b *block) {
	if !b.borrowed && cap(b.raw) <= keepRawBytes {
		s.emptyBlocks.Put(b)
	}
}

func (s *Server) newWindow() []byte {
	if w, ok := s.windows.Get().(*[]byte); ok {
		return (*w)[:0]
	}
	return make([]byte, 0, windowBytes)
}

func (s *Server) freeWindow(w []byte) {
	if cap(w) <= largeBytes {
		s.windows.Put(&w)
	}
}

// enter takes one of the places of a bounded kind of work; the caller gives it back.
func (s *Server) enter(ctx context.Context, places chan struct{}) error {
	select {
	case places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// leaveForLarge returns a function that waits for leave to hold a large event in
// memory, which one request has at a time, and one that gives it back.
func (s *Server) leaveForLarge(ctx context.Context) (enlarge func() error, release func()) {
	held := false
	return func() error {
			err := s.enter(ctx, s.large)
			held = err == nil
			return err
		}, func() {
			if held {
				<-s.large
			}
		}
}
