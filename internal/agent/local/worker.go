package local

import "context"

// What is kept for the next request is no larger than this, in bytes.
const (
	keepRawBytes   = 2 * blockBytes
	keepLinesBytes = 2 << 20
)

// worker is what one block needs while it is obfuscated.
type worker struct {
	obfuscator
	lines []byte
}

func (s *Server) newWorker() *worker {
	if w, ok := s.freeWorkers.Get().(*worker); ok {
		return w
	}
	return &worker{obfuscator: obfuscator{options: s.cfg.Witness}}
}

func (s *Server) freeWorker(w *worker, lines []byte) {
	w.lines = lines
	if cap(lines) > keepLinesBytes {
		w.lines = nil
	}
	s.freeWorkers.Put(w)
}

func (s *Server) newBlock(number int) *block {
	b, ok := s.freeBlocks.Get().(*block)
	if !ok {
		b = new(block)
	}
	b.reset(number)
	return b
}

func (s *Server) freeBlock(b *block) {
	if cap(b.raw) <= keepRawBytes {
		s.freeBlocks.Put(b)
	}
}

func (s *Server) newWindow() []byte {
	if w, ok := s.freeWindows.Get().(*[]byte); ok {
		return (*w)[:0]
	}
	return make([]byte, 0, windowBytes)
}

func (s *Server) freeWindow(w []byte) {
	if cap(w) <= largeBytes {
		s.freeWindows.Put(&w)
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
