// Package queue defines the durable log of accepted bundles, which keeps them in
// order until they are folded. Package sqlitequeue implements it; package
// queuetest tests any implementation.
package queue

import (
	"context"
	"errors"
	"time"
)

// ErrFull means that the queue has reached its limit or the disk is full. It may
// have space again later.
var ErrFull = errors.New("queue is full")

// Item is an accepted bundle, or several that were folded into one payload.
type Item struct {
	Position int64 // ascending, possibly with gaps; assigned by Append
	BundleID string
	// With are the ids of further bundles that are folded into the payload. Read does not return them.
	With []string

	ProjectID string
	TraceID   string
	Also      []string // further traces that have seen the calls
	Repeats   []string // traces that have seen the calls too, in another item
	Witnesses int
	Payload   []byte    // zstd of NDJSON witnesses, or of a delta
	CRC32C    uint32    // of Payload, Castagnoli polynomial; set by Append, checked by the consumer
	Accepted  time.Time // when it was appended, to the microsecond; set by Append
}

// Queue is a durable, ordered log of bundles.
type Queue interface {
	// Append adds an item and syncs it to disk. known are those of its bundle ids that
	// were appended before, even if that item has been released: if there are any,
	// nothing is added. If ctx ends early, the item may still be added.
	Append(ctx context.Context, item Item) (known []string, err error)
	// Read returns the items after the position, in order: at most maxItems and
	// maxBytes of payload, but at least one if there is any. It does not wait.
	Read(ctx context.Context, after int64, maxItems int, maxBytes int64) ([]Item, error)
	// Notify returns a channel that receives a value after an Append. One value
	// may stand for several appends.
	Notify() <-chan struct{}
	// Release deletes the items up to and including the position. Their bundle
	// ids are kept to detect duplicates.
	Release(ctx context.Context, upTo int64) error
	// Drop deletes the items of traces, and returns how many there were. Their bundle
	// ids are kept. An item that has other traces too loses only the given ones.
	Drop(ctx context.Context, traceIDs []string) (dropped int64, err error)
	// Purge removes the bytes of everything that was deleted from the files of the
	// queue. It takes time, and appends wait for it.
	Purge(ctx context.Context) error
	// Depth returns the number of items that are not released, and the bytes of
	// their payloads.
	Depth(ctx context.Context) (items, bytes int64, err error)
	// Close closes the queue; pending and later appends fail.
	Close() error
}
