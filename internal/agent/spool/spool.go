// Package spool keeps obfuscated witnesses on disk between the moment a
// middleware is told that they are taken and the moment the server has them.
//
// It is a log of bundles in segment files. Append returns when the witnesses
// have been synced; those that arrive at the same time share one write and one
// sync. Next hands bundles out, oldest first, to any number of uploaders; Done
// lets go of one. Its size is bounded: where the server stays away for too
// long, the oldest witnesses are dropped and counted.
//
// A bundle's id is made with its frame, so that a bundle which is sent again
// after a crash is the same one to the server.
package spool

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"akita/internal/agent/tally"
)

// Bounds of Config.MaxBytes.
const (
	DefaultMaxBytes = 256 << 20
	MinMaxBytes     = 16 << 20
)

// segmentBytes is the size from which on a segment is not written to any more.
const segmentBytes = 8 << 20

// ErrClosed says that the spool takes and gives nothing any more.
var ErrClosed = errors.New("spool is closed")

// ErrTooLarge says that a batch would not fit into the spool even if it were empty.
var ErrTooLarge = errors.New("batch is larger than the spool")

// Config says where a spool is and how large it may grow.
type Config struct {
	// Dir is created where it does not exist. One process at a time may use it.
	Dir string
	// MaxBytes bounds the segment files; 0 means DefaultMaxBytes.
	MaxBytes int64

	Now    func() time.Time
	Logger *slog.Logger
}

// Stats counts what is in a spool and what became of the rest, since Open.
type Stats struct {
	Pending  int64  // witnesses that wait for the server
	Bundles  int64  // in which they are
	Bytes    int64  // size of the segment files
	Dropped  uint64 // witnesses that made room for newer ones, or were lost in damaged frames
	Rejected uint64 // witnesses that the server would not take
	Corrupt  uint64 // damaged stretches that were put aside
}

// Spool is a log of bundles on disk. Its methods are safe for concurrent use.
type Spool struct {
	dir        string
	maxBytes   int64
	now        func() time.Time
	logger     *slog.Logger
	create     func(path string) (segmentFile, error)
	quarantine quarantine
	dropped    tally.Tally
	unsaved    tally.Tally // positions that could not be written
	encoder    *zstd.Encoder

	nudge   chan struct{} // one value: there is something to commit
	closing chan struct{}
	stopped chan struct{} // closed when the committer has returned

	mu       sync.Mutex
	closed   bool
	segments []*segment // ascending; the last one may be written to
	last     uint64     // number of the newest segment ever made
	forming  *commit    // what the next commit will write
	batches  *batches
	cursor   position // where Next reads on
	leases   []*lease // handed out, or done behind one that is not; ascending
	done     position // everything before it is done
	saved    positionFile
	wake     chan struct{} // closed and replaced when there is more to read
	stats    Stats
}

// Open opens the spool and mends what a crash left behind.
func Open(cfg Config) (*Spool, error) { return open(cfg, createFile) }

func open(cfg Config, create func(path string) (segmentFile, error)) (*Spool, error) {
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("open spool: %w", err)
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	if err != nil {
		return nil, fmt.Errorf("open spool: %w", err)
	}
	s := &Spool{
		dir:        cfg.Dir,
		maxBytes:   cfg.MaxBytes,
		now:        cfg.Now,
		logger:     cfg.Logger,
		create:     create,
		quarantine: quarantine{dir: filepath.Join(cfg.Dir, "quarantine")},
		encoder:    encoder,
		nudge:      make(chan struct{}, 1),
		closing:    make(chan struct{}),
		stopped:    make(chan struct{}),
		forming:    newCommit(),
		batches:    newBatches(),
		wake:       make(chan struct{}),
	}
	if s.maxBytes == 0 {
		s.maxBytes = DefaultMaxBytes
	}
	if err := s.load(); err != nil {
		return nil, errors.Join(fmt.Errorf("open spool: %w", err), s.closeFiles())
	}
	go s.commitAll()
	return s, nil
}

// load reads what earlier runs left.
func (s *Spool) load() error {
	saved, done, err := openPosition(filepath.Join(s.dir, "position"))
	if err != nil {
		return err
	}
	s.saved, s.done, s.cursor, s.last = saved, done, done, done.segment
	numbers, err := listSegments(s.dir)
	if err != nil {
		return err
	}
	for i, number := range numbers {
		if err := s.loadSegment(number, i == len(numbers)-1); err != nil {
			return err
		}
	}
	s.prune()
	return nil
}

func (s *Spool) loadSegment(number uint64, newest bool) error {
	var pending, bundles int64
	var youngest time.Time
	g, cut, err := openSegment(s.dir, number, newest, func(at position, f *frame) {
		if !at.before(s.done) {
			pending += int64(f.Count)
			bundles++
		}
		made := time.UnixMilli(f.Millis)
		if now := s.now(); made.After(now) {
			made = now // the clock was set back since
		}
		if s.now().Sub(made) > batchMemory {
			return
		}
		for _, key := range f.Batches {
			if len(key) == len(batchKey{}) {
				s.batches.remember(batchKey(key), finished, made)
				youngest = made
			}
		}
	})
	if err != nil {
		return err
	}
	if cut > 0 {
		s.logger.Warn("The last run was ended while it wrote: its unfinished frame is cut off; nothing acknowledged was in it", "bytes", cut)
	}
	g.pending, g.bundles = pending, bundles
	if !youngest.IsZero() {
		g.keepUntil = youngest.Add(batchMemory)
	}
	s.segments = append(s.segments, g)
	s.last = max(s.last, number)
	s.stats.Bytes += g.size
	s.stats.Pending += pending
	s.stats.Bundles += bundles
	return nil
}

// Close commits what Append was given, and closes the files. It is idempotent.
func (s *Spool) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		<-s.stopped
		return nil
	}
	s.closed = true
	s.mu.Unlock()
	close(s.closing)
	<-s.stopped

	s.mu.Lock()
	defer s.mu.Unlock()
	s.announce()
	return s.closeFiles()
}

func (s *Spool) closeFiles() error {
	var errs []error
	if s.saved.file != nil {
		errs = append(errs, s.saved.close())
	}
	for _, g := range s.segments {
		errs = append(errs, g.file.Close())
	}
	errs = append(errs, s.encoder.Close())
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close spool: %w", err)
	}
	return nil
}

// Stats returns the present counts.
func (s *Spool) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

// MaxBytes is the bound on the segment files.
func (s *Spool) MaxBytes() int64 { return s.maxBytes }

// Oldest is when the oldest bundle that waits for the server was made; zero where none
// waits or it cannot be read.
func (s *Spool) Oldest() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.cursor
	if len(s.leases) > 0 {
		at = s.leases[0].at // never done: advance takes those away
	}
	for _, g := range s.segments {
		if at.before(g.start()) {
			at = g.start()
		}
		if !at.before(g.end()) {
			continue
		}
		f, _, err := readFrame(g.file, at.offset, g.size)
		if err != nil {
			return time.Time{}
		}
		return time.UnixMilli(f.Millis)
	}
	return time.Time{}
}

// announce wakes those who wait in Next. The caller holds mu.
func (s *Spool) announce() {
	close(s.wake)
	s.wake = make(chan struct{})
}
