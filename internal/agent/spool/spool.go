// Package spool keeps obfuscated witnesses on disk from the moment the daemon
// acknowledges them to a middleware until the server has them.
//
// It is a log of bundles in segment files. Append returns when the witnesses
// have been synced; concurrent calls share one write and one sync. Next returns
// bundles, oldest first, to any number of uploaders; Done deletes one. The size is
// bounded: if the server is away for too long, the oldest witnesses are dropped
// and counted.
//
// A bundle's id is stored in its frame, so that the server recognises a bundle
// that is sent again after a crash.
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

// segmentBytes is the size at which a segment is no longer written to.
const segmentBytes = 8 << 20

// ErrClosed reports that the spool has been closed.
var ErrClosed = errors.New("spool is closed")

// ErrTooLarge reports that a batch is larger than the whole spool may be.
var ErrTooLarge = errors.New("batch is larger than the spool")

// Config is what a spool works with.
type Config struct {
	// Dir is created if it does not exist. Only one process at a time may use it.
	Dir string
	// MaxBytes bounds the segment files; 0 means DefaultMaxBytes.
	MaxBytes int64

	Now    func() time.Time
	Logger *slog.Logger
}

// Stats counts what is in a spool, and what was lost since Open.
type Stats struct {
	Pending  int64  // witnesses that wait for the server
	Bundles  int64  // that wait for the server
	Bytes    int64  // size of the segment files
	Dropped  uint64 // witnesses that were removed for newer ones, or lost in damaged frames
	Rejected uint64 // witnesses that the server refused
	Corrupt  uint64 // damaged stretches that were moved to quarantine
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

	nudge   chan struct{} // has a value when there is something to commit
	closing chan struct{}
	stopped chan struct{} // closed when the committer has returned

	mu       sync.Mutex
	closed   bool
	segments []*segment // ascending; the last one may be written to
	last     uint64     // number of the newest segment ever made
	forming  *commit    // what the next commit will write
	batches  *batches
	fresh    fresh
	cursor   position // where Next continues
	leases   []*lease // returned by Next and not done, or done after one that is not; ascending
	done     position // everything before it is done
	saved    positionFile
	wake     chan struct{} // closed and replaced when there is more to read
	stats    Stats
}

// Open opens the spool and repairs what a crash left.
func Open(config Config) (*Spool, error) { return open(config, createFile) }

func open(config Config, create func(path string) (segmentFile, error)) (*Spool, error) {
	if err := os.MkdirAll(config.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("open spool: %w", err)
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20),
		zstd.WithEncoderLevel(zstd.SpeedFastest)) // a frame is read once, and mostly at once
	if err != nil {
		return nil, fmt.Errorf("open spool: %w", err)
	}
	s := &Spool{
		dir:        config.Dir,
		maxBytes:   config.MaxBytes,
		now:        config.Now,
		logger:     config.Logger,
		create:     create,
		quarantine: quarantine{dir: filepath.Join(config.Dir, "quarantine")},
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

// load reads the state and the segments of earlier runs.
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
			made = now // the clock was set back
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
		s.logger.Warn(
			"The daemon was killed while it wrote to the spool: the unfinished frame was removed; nothing "+
				"acknowledged was in it",
			"bytes",
			cut,
		)
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

// Close commits what was appended and closes the files. It is idempotent.
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

// MaxBytes returns the bound of the size of the segment files.
func (s *Spool) MaxBytes() int64 { return s.maxBytes }

// Oldest returns the time at which the oldest waiting bundle was made; zero if none
// waits or it cannot be read.
func (s *Spool) Oldest() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.cursor
	if len(s.leases) > 0 {
		at = s.leases[0].at // it is not done: advance removes those that are
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

// announce wakes the callers of Next that wait. The caller holds mu.
func (s *Spool) announce() {
	close(s.wake)
	s.wake = make(chan struct{})
}
