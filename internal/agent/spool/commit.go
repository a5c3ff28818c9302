package spool

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"akita/internal/delta"
	"akita/internal/id"
)

// Bounds of one frame. A batch is never divided.
const (
	frameWitnesses = 512     // more would not compress better
	frameBytes     = 1 << 20 // before compression
)

// Segments whose bundles are all done may fill 1/doneShare of the spool.
const doneShare = 8

// Batch is what a client sent at once.
type Batch struct {
	ProjectID, TraceID string
	// Also are further traces that saw the calls.
	Also []string
	// Repeats are traces for which the same calls were appended before.
	Repeats []string
	// Records are the witnesses, as a witness.Packer writes them. Append takes ownership of them.
	Records []byte
	Count   int // of witnesses in Records
	// Places are the hours and parts of the witnesses (delta.Places).
	Places []byte
	// Calls are the same witnesses, folded. Next returns them as long as they are in memory. nil if
	// they are not folded. Append takes ownership of them.
	Calls *delta.Delta
	// Client and ID identify the batch within its trace, unless ID is "". A batch that was
	// appended within the last 10 minutes is not appended again.
	Client, ID string
}

// commit is a set of batches that are written and synced together.
type commit struct {
	batches []Batch
	keys    []batchKey
	done    chan struct{} // closed when err is set
	err     error
}

func newCommit() *commit { return &commit{done: make(chan struct{})} }

// finished represents the commits of earlier runs.
var finished = func() *commit {
	c := newCommit()
	close(c.done)
	return c
}()

// Append makes a batch durable. It returns nil when the witnesses have been
// synced to disk, by this or an earlier Append of the same batch. After an error
// the batch may be appended again. If ctx ends first, the batch may be appended
// all the same.
func (s *Spool) Append(ctx context.Context, b Batch) error {
	if b.Count == 0 {
		return nil
	}
	return s.AppendAll(ctx, []Batch{b})
}

// AppendAll is like Append for the parts of a batch that other traces saw: all or none are made
// durable. They have the same trace, client and id.
func (s *Spool) AppendAll(ctx context.Context, parts []Batch) error {
	if len(parts) == 0 {
		return nil
	}
	c, err := s.join(parts)
	if err != nil {
		return err
	}
	select {
	case <-c.done:
		return c.err
	case <-ctx.Done():
		return fmt.Errorf("append to spool: %w", ctx.Err())
	}
}

// join adds the batch to the next commit, or finds the commit that it is part of.
func (s *Spool) join(parts []Batch) (*commit, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	c := s.forming
	if parts[0].ID != "" {
		key := newBatchKey(parts[0])
		if earlier, ok := s.batches.known[key]; ok {
			return earlier, nil
		}
		s.batches.remember(key, c, s.now())
		c.keys = append(c.keys, key)
	}
	for i, b := range parts {
		if i < len(parts)-1 {
			b.ID = "" // the key stands in the frame of the last part, which is written last
		}
		c.batches = append(c.batches, b)
	}
	select {
	case s.nudge <- struct{}{}:
	default:
	}
	return c, nil
}

// commitAll commits until the spool closes. While one commit is synced, batches
// gather for the next one.
func (s *Spool) commitAll() {
	defer close(s.stopped)
	for {
		select {
		case <-s.nudge:
			s.commitForming()
		case <-s.closing:
			s.commitForming()
			return
		}
	}
}

func (s *Spool) commitForming() {
	s.mu.Lock()
	c := s.forming
	s.forming = newCommit()
	s.mu.Unlock()
	if len(c.batches) == 0 {
		return
	}
	c.err = s.write(c)
	if c.err != nil {
		s.mu.Lock()
		s.batches.forget(c.keys)
		s.mu.Unlock()
	}
	c.batches, c.keys = nil, nil // s.batches keeps c, but must not keep their lines
	close(c.done)
}

// write writes and syncs the commit's frames.
func (s *Spool) write(c *commit) error {
	var data []byte
	var witnesses int64
	frames := s.frames(c.batches)
	for _, f := range frames {
		var err error
		if data, err = f.append(data); err != nil {
			return err
		}
		witnesses += int64(f.Count)
	}
	if int64(len(data)) > s.maxBytes {
		return ErrTooLarge
	}
	g, err := s.segmentFor(int64(len(data)))
	if err != nil {
		return fmt.Errorf("write spool: %w", err)
	}
	_, err = g.file.Write(data)
	if err == nil {
		err = g.file.Sync()
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		return fmt.Errorf("write spool: %w", errors.Join(err, s.giveUp(g)))
	}
	g.size += int64(len(data))
	g.pending += witnesses
	g.bundles += int64(len(frames))
	if len(c.keys) > 0 {
		g.keepUntil = s.now().Add(batchMemory)
	}
	for _, f := range frames {
		s.fresh.put(f)
	}
	s.stats.Bytes += int64(len(data))
	s.stats.Pending += witnesses
	s.stats.Bundles += int64(len(frames))
	s.announce()
	return nil
}

// giveUp seals a segment after a failed write or sync. What its file holds then is unknown:
// it is never written to again, and is cut off after its last good byte. A segment without
// a good byte is removed, because a full disk would soon produce many. The caller holds mu.
func (s *Spool) giveUp(g *segment) error {
	g.sealed = true
	defer s.dropDone()
	if g.size > 0 {
		return g.file.Truncate(g.size)
	}
	s.segments = s.segments[:len(s.segments)-1] // it is the newest
	return g.remove()
}

// dropDone removes all segments that are done. It is called when the disk is full, which is
// worse than forgetting the batches that they name. The caller holds mu.
func (s *Spool) dropDone() {
	for len(s.segments) > 0 && s.isDone(s.segments[0]) {
		s.removeOldest()
	}
}

// frames groups the batches of the same traces into frames.
func (s *Spool) frames(batches []Batch) []*frame {
	type key struct {
		project, trace, also, repeats string
		places                        bool // the witnesses have places
	}
	open := make(map[key]*frame)
	var frames []*frame
	for _, b := range batches {
		k := key{b.ProjectID, b.TraceID, strings.Join(b.Also, ","), strings.Join(b.Repeats, ","), b.Places != nil}
		f := open[k]
		if f == nil || f.Count+b.Count > frameWitnesses || len(f.payload)+len(b.Records) > frameBytes {
			f = &frame{header: header{
				Bundle:  id.New(id.Bundle),
				Project: b.ProjectID,
				Trace:   b.TraceID,
				Also:    b.Also,
				Repeats: b.Repeats,
				Millis:  s.now().UnixMilli(),
			}}
			open[k] = f
			frames = append(frames, f)
		}
		f.Count += b.Count
		f.payload = append(f.payload, b.Records...)
		f.Places = append(f.Places, b.Places...)
		f.folded = append(f.folded, b.Calls)
		if b.ID != "" {
			key := newBatchKey(b)
			f.Batches = append(f.Batches, key[:])
		}
	}
	for _, f := range frames {
		f.payload = s.encoder.EncodeAll(f.payload, nil)
	}
	return frames
}

// segmentFor returns the segment for the next bytes, and makes room for them.
func (s *Spool) segmentFor(bytes int64) (*segment, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	limit := min(segmentBytes, s.maxBytes/4)
	if g := s.newest(); g != nil && g.size >= limit {
		g.sealed = true
	}
	s.prune()
	s.makeRoom(bytes)
	if g := s.newest(); g != nil && !g.sealed {
		return g, nil
	}
	path := segmentPath(s.dir, s.last+1)
	file, err := s.create(path)
	if err != nil {
		return nil, err
	}
	s.last++
	g := &segment{number: s.last, path: path, file: file}
	s.segments = append(s.segments, g)
	return g, nil
}

func (s *Spool) newest() *segment {
	if len(s.segments) == 0 {
		return nil
	}
	return s.segments[len(s.segments)-1]
}

// makeRoom drops the oldest segments until the bytes fit. The caller holds mu.
func (s *Spool) makeRoom(bytes int64) {
	for len(s.segments) > 0 && s.stats.Bytes+bytes > s.maxBytes {
		s.removeOldest()
	}
}

// prune removes the segments that are not needed any more. Those that are done are kept for
// a while, because after a restart they name the batches that were appended; doneShare
// bounds their size. The caller holds mu.
func (s *Spool) prune() {
	for len(s.segments) > 0 {
		g := s.segments[0]
		if !s.isDone(g) || s.now().Before(g.keepUntil) && s.doneBytes() <= s.maxBytes/doneShare {
			return
		}
		s.removeOldest()
	}
}

func (s *Spool) isDone(g *segment) bool { return g.sealed && !s.done.before(g.end()) }

// doneBytes returns the size of the segments that are done. The caller holds mu.
func (s *Spool) doneBytes() int64 {
	var sum int64
	for _, g := range s.segments {
		if s.isDone(g) {
			sum += g.size
		}
	}
	return sum
}

// removeOldest removes the oldest segment. Witnesses in it that are not done
// are counted as dropped. The caller holds mu.
func (s *Spool) removeOldest() {
	g := s.segments[0]
	s.segments = s.segments[1:]
	if err := g.remove(); err != nil {
		s.logger.Warn("Cannot remove a spool segment", "error", err)
	}
	s.stats.Bytes -= g.size
	s.stats.Pending -= g.pending
	s.stats.Bundles -= g.bundles
	s.countDropped(g.pending)
	next := position{g.number + 1, 0}
	if s.cursor.before(next) {
		s.cursor = next
	}
	for len(s.leases) > 0 && s.leases[0].at.before(next) {
		s.leases[0].gone = true
		s.leases = s.leases[1:]
	}
	s.markDone(next)
}

func (s *Spool) countDropped(witnesses int64) {
	if witnesses == 0 {
		return
	}
	s.stats.Dropped += uint64(witnesses)
	if n, due := s.dropped.Add(uint64(witnesses), s.now()); due {
		s.logger.Warn(
			"The spool was full or damaged, and the oldest witnesses were dropped: check the server, or raise --spool-max-bytes",
			"dropped",
			n,
			"total",
			s.stats.Dropped,
		)
	}
}
