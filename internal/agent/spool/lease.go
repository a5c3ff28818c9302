package spool

import (
	"context"
	"errors"
	"fmt"

	"akita/internal/delta"
)

// Bundle is a set of witnesses that are uploaded together.
type Bundle struct {
	ID                 string // bdl_…; it stays the same after a restart
	ProjectID, TraceID string
	Also, Repeats      []string // as in a Batch
	Count              int      // of witnesses
	Payload            []byte   // zstd of records; of lines if an earlier version wrote the bundle
	Places             []byte   // as in a Batch; nil if an earlier version wrote the bundle
	// Folded are the witnesses as they were folded; nil if they are not in memory. Who adds them to
	// another delta takes them over.
	Folded []*delta.Delta

	lease *lease
}

// lease is a stretch of the log that Next returned or skipped.
type lease struct {
	at, next position
	segment  *segment
	count    int64
	done     bool
	gone     bool // its segment was removed
}

// Next returns the oldest bundles that were not returned since Open, in order. It waits for one
// until ctx ends, and returns at most maxBundles of at most maxBytes of payload, but at least one.
// The caller must call Done, Reject or Discard with each; otherwise it is returned again after the
// next Open.
func (s *Spool) Next(ctx context.Context, maxBundles int, maxBytes int64) ([]*Bundle, error) {
	for {
		bundles, wake, err := s.tryNext(maxBundles, maxBytes)
		if len(bundles) > 0 || err != nil {
			return bundles, err
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// tryNext returns bundles, or a channel that is closed when there may be some. An error after the
// first bundle is left to the next call.
func (s *Spool) tryNext(maxBundles int, maxBytes int64) (bundles []*Bundle, wake <-chan struct{}, err error) {
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
			if len(bundles) == maxBundles || maxBytes <= 0 && len(bundles) > 0 {
				return bundles, nil, nil
			}
			b, err := s.read(g)
			if err != nil && len(bundles) > 0 {
				return bundles, nil, nil
			}
			if err != nil {
				return nil, nil, err
			}
			if b != nil {
				bundles = append(bundles, b)
				maxBytes -= int64(len(b.Payload))
			}
		}
	}
	return bundles, s.wake, nil
}

// read reads the frame at the cursor, which is in g, and moves the cursor. It
// returns nil if the frame is damaged. The caller holds mu.
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
		ID: f.Bundle, ProjectID: f.Project, TraceID: f.Trace, Also: f.Also, Repeats: f.Repeats,
		Count: f.Count, Payload: f.payload, Places: f.Places, Folded: s.fresh.take(f.Bundle), lease: l,
	}, nil
}

// putAside copies a damaged stretch to the quarantine.
func (s *Spool) putAside(g *segment, off, end int64) {
	s.stats.Corrupt++
	data := make([]byte, end-off)
	_, err := g.file.ReadAt(data, off)
	if err == nil {
		err = s.quarantine.keep(fmt.Sprintf("%016x-%d.damaged", g.number, off), data)
	}
	s.logger.Warn(
		"A part of the spool is damaged on disk and is not sent: it was moved to quarantine",
		"bytes",
		end-off,
		"folder",
		s.quarantine.dir,
	)
	if err != nil {
		s.logger.Warn("Cannot move a damaged part of the spool to quarantine", "error", err)
	}
}

// Holds reports whether the bundle is still in the spool. It may have been removed
// for newer ones.
func (s *Spool) Holds(b *Bundle) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !b.lease.gone
}

// Done deletes a bundle that the server has.
func (s *Spool) Done(b *Bundle) { s.finish(b, false) }

// Discard deletes and counts a bundle whose project or trace no longer exists.
func (s *Spool) Discard(b *Bundle) { s.finish(b, true) }

// Reject deletes and counts a bundle that the server will never accept, and keeps what was sent, which
// is zstd of NDJSON, in quarantine.
func (s *Spool) Reject(b *Bundle, sent []byte) {
	if err := s.quarantine.keep(b.ID+".ndjson.zst", sent); err != nil {
		s.logger.Warn("Cannot move a bundle to quarantine", "bundle", b.ID, "error", err)
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

// advance moves the position over the leases at the front that are done, and joins
// neighbours that are done after them. The caller holds mu.
func (s *Spool) advance() {
	front := 0
	for front < len(s.leases) && s.leases[front].done {
		s.markDone(s.leases[front].next)
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

// markDone records that everything before p is done. The caller holds mu.
func (s *Spool) markDone(p position) {
	if !s.done.before(p) {
		return
	}
	s.done = p
	if err := s.saved.save(p); err != nil {
		if n, due := s.unsaved.Add(1, s.now()); due {
			s.logger.Warn(
				"Cannot save which part of the spool was sent: it is sent again after a restart, which is harmless",
				"times",
				n,
				"error",
				err,
			)
		}
	}
}
