package spool

import (
	"context"
	"errors"
	"fmt"
)

// Bundle is witnesses that travel together.
type Bundle struct {
	ID                 string // bdl_…, the same each time it is handed out
	ProjectID, TraceID string
	Count              int    // of witnesses
	Payload            []byte // zstd of NDJSON

	lease *lease
}

// lease is a stretch of the log that Next handed out or passed over.
type lease struct {
	at, next position
	segment  *segment
	count    int64
	done     bool
	gone     bool // its segment was removed
}

// Next returns the oldest bundle that was not handed out since Open. Where there
// is none it waits for one, until ctx ends. The caller owns it until Done, Reject or
// Discard; what it does none of them to is handed out again after the next Open.
func (s *Spool) Next(ctx context.Context) (*Bundle, error) {
	for {
		b, wake, err := s.tryNext()
		if b != nil || err != nil {
			return b, err
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// tryNext returns a bundle, else a channel that is closed when there may be one.
func (s *Spool) tryNext() (*Bundle, <-chan struct{}, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, nil, ErrClosed
	}
	for _, g := range s.segments {
		if s.cursor.before(g.start()) {
			s.cursor = g.start()
		}
		for s.cursor.before(g.end()) {
			b, err := s.read(g)
			if b != nil || err != nil {
				return b, nil, err
			}
		}
	}
	return nil, s.wake, nil
}

// read reads the frame under the cursor, which is in g, and moves on. It
// returns nil where the frame is damaged. The caller holds mu.
func (s *Spool) read(g *segment) (*Bundle, error) {
	at := s.cursor
	f, next, err := readFrame(g.file, at.offset, g.size)
	damaged := errors.Is(err, errCorrupt) || errors.Is(err, errTruncated)
	if err != nil && !damaged {
		return nil, fmt.Errorf("read spool: %w", err)
	}
	s.cursor = position{g.number, next}
	l := &lease{at: at, next: s.cursor, segment: g, count: int64(f.Count), done: damaged}
	s.leases = append(s.leases, l)
	if damaged {
		s.putAside(g, at.offset, next)
		s.advance()
		return nil, nil
	}
	return &Bundle{
		ID: f.Bundle, ProjectID: f.Project, TraceID: f.Trace,
		Count: f.Count, Payload: f.payload, lease: l,
	}, nil
}

// putAside keeps a damaged stretch for a person to look at.
func (s *Spool) putAside(g *segment, off, end int64) {
	s.stats.Corrupt++
	data := make([]byte, end-off)
	_, err := g.file.ReadAt(data, off)
	if err == nil {
		err = s.quarantine.keep(fmt.Sprintf("%016x-%d.damaged", g.number, off), data)
	}
	s.logger.Warn("A part of the spool is damaged on disk: it is put aside and not sent", "bytes", end-off, "folder", s.quarantine.dir)
	if err != nil {
		s.logger.Warn("Cannot put a damaged part of the spool aside", "err", err)
	}
}

// Holds reports whether the bundle is still in the spool: it may have made
// room for newer ones.
func (s *Spool) Holds(b *Bundle) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !b.lease.gone
}

// Done lets go of a bundle that the server has.
func (s *Spool) Done(b *Bundle) { s.finish(b, false) }

// Discard lets go of a bundle that nobody wants any more, and counts it.
func (s *Spool) Discard(b *Bundle) { s.finish(b, true) }

// Reject lets go of a bundle that the server will never take. It is put aside
// for a person to look at, and counted.
func (s *Spool) Reject(b *Bundle) {
	if err := s.quarantine.keep(b.ID+".ndjson.zst", b.Payload); err != nil {
		s.logger.Warn("Cannot put a bundle aside", "bundle", b.ID, "err", err)
	}
	s.finish(b, true)
}

func (s *Spool) finish(b *Bundle, rejected bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := b.lease
	if s.closed || l.done || l.gone {
		return
	}
	l.done = true
	l.segment.pending -= l.count
	l.segment.bundles--
	s.stats.Pending -= l.count
	s.stats.Bundles--
	if rejected {
		s.stats.Rejected += uint64(l.count)
	}
	s.advance()
	s.prune()
}

// advance moves the position over what is done at the front of the leases, and
// joins what is done behind it. The caller holds mu.
func (s *Spool) advance() {
	front := 0
	for front < len(s.leases) && s.leases[front].done {
		s.settle(s.leases[front].next)
		front++
	}
	rest := s.leases[front:]
	kept := rest[:0]
	for _, l := range rest {
		if n := len(kept); n > 0 && l.done && kept[n-1].done {
			kept[n-1].next = l.next
			continue
		}
		kept = append(kept, l)
	}
	clear(rest[len(kept):])
	s.leases = kept
}

// settle records that everything before p is done. The caller holds mu.
func (s *Spool) settle(p position) {
	if !s.done.before(p) {
		return
	}
	s.done = p
	if err := s.saved.save(p); err != nil {
		if n, due := s.unsaved.Add(1, s.now()); due {
			s.logger.Warn("Cannot save how far the spool was sent; it may be sent again after a restart, which is harmless", "times", n, "err", err)
		}
	}
}
