// Package sqlitequeue implements queue.Queue in one SQLite file.
package sqlitequeue

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"akita/internal/queue"
	"akita/internal/sqlitedb"
)

//go:embed migrations/*.sql
var migrations embed.FS

var _ queue.Queue = (*Queue)(nil)

// Config holds the settings of a Queue.
type Config struct {
	// Path of the file.
	Path string
	// MaxBytes limits the payloads that are not released; 0: 1 GiB. The file is a
	// little larger, and does not shrink.
	MaxBytes int64
	// After is the position up to which the store has folded. New items get later
	// positions, even if the queue's file was lost.
	After int64
	// RememberFor is how long a bundle id is kept at most after it was appended;
	// 0: 30 days. RememberIDs is how many ids are kept at most; 0: 10 million,
	// which take about 1 GB. A bundle that is sent again later counts twice.
	RememberFor time.Duration
	RememberIDs int64
	// Now is the clock; nil: time.Now.
	Now func() time.Time
}

func (c *Config) setDefaults() {
	if c.MaxBytes == 0 {
		c.MaxBytes = 1 << 30
	}
	if c.RememberFor == 0 {
		c.RememberFor = 30 * 24 * time.Hour
	}
	if c.RememberIDs == 0 {
		c.RememberIDs = 10_000_000
	}
	if c.Now == nil {
		c.Now = time.Now
	}
}

// Queue is a queue.Queue in a SQLite file.
type Queue struct {
	config  Config
	db      *sqlitedb.DB
	notify  chan struct{}
	appends chan *pending // unbuffered: the committer has received all that was sent

	mu   sync.Mutex
	held load // guarded by mu

	closeOnce sync.Once
	closing   chan struct{}
	committer sync.WaitGroup
	closeErr  error
}

// load is an amount of items.
type load struct{ items, bytes int64 }

// Open opens the queue, creates its file if it does not exist, and migrates its
// schema.
func Open(ctx context.Context, config Config) (*Queue, error) {
	config.setDefaults()
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open queue: %w", err)
	}
	db, err := sqlitedb.Open(ctx, config.Path, files)
	if err != nil {
		return nil, fmt.Errorf("open queue: %w", err)
	}
	q := &Queue{
		config: config, db: db,
		notify: make(chan struct{}, 1), appends: make(chan *pending), closing: make(chan struct{}),
	}
	if err := q.load(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open queue: %w", err), db.Close())
	}
	q.committer.Go(q.commitAppends)
	return q, nil
}

// load reads the amount of items, and makes new positions start after
// Config.After.
func (q *Queue) load(ctx context.Context) error {
	row := q.db.Read.QueryRowContext(ctx, "SELECT count(*), coalesce(sum(length(payload)), 0) FROM items")
	if err := row.Scan(&q.held.items, &q.held.bytes); err != nil {
		return fmt.Errorf("measure: %w", err)
	}
	for _, query := range []string{ // sqlite_sequence holds the last value of an AUTOINCREMENT column
		`INSERT INTO sqlite_sequence (name, seq)
			SELECT 'bundles', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'bundles')`,
		"UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'bundles'",
	} {
		if _, err := q.db.Write.ExecContext(ctx, query, q.config.After); err != nil {
			return fmt.Errorf("set position: %w", err)
		}
	}
	return nil
}

// Notify implements queue.Queue.
func (q *Queue) Notify() <-chan struct{} { return q.notify }

// Depth implements queue.Queue.
func (q *Queue) Depth(context.Context) (items, bytes int64, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.held.items, q.held.bytes, nil
}

// add changes the amount of items held. l may be negative.
func (q *Queue) add(l load) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.held.items += l.items
	q.held.bytes += l.bytes
}

// Close implements queue.Queue.
func (q *Queue) Close() error {
	q.closeOnce.Do(func() {
		close(q.closing)
		q.committer.Wait()
		if err := q.db.Close(); err != nil {
			q.closeErr = fmt.Errorf("close queue: %w", err)
		}
	})
	return q.closeErr
}
