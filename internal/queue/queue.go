// Package queue keeps accepted bundles, durably and in order, until they are
// folded. Adapters: SQLite; every one passes queuetest.
package queue

import (
	"context"
	"errors"
)

// ErrFull says that the queue has no room, by its limit or the disk's: the
// caller answers 503 with Retry-After.
var ErrFull = errors.New("queue is full")

// Item is one accepted bundle.
type Item struct {
	Position  int64 // ascending without regard to gaps; assigned by Append
	BundleID  string
	ProjectID string
	TraceID   string
	Witnesses int
	Payload   []byte // zstd of NDJSON witnesses
	CRC32C    uint32 // of Payload, Castagnoli; set by Append, checked by whoever folds
}

// Queue is a durable, ordered log of bundles.
type Queue interface {
	// Append makes the item durable. duplicate reports that its bundle id was
	// appended before (also when it has been released since): then nothing is added.
	Append(ctx context.Context, item Item) (duplicate bool, err error)
	// Read returns up to maxItems and maxBytes of items after the position, in order;
	// at least one item where there is one. It does not wait.
	Read(ctx context.Context, after int64, maxItems int, maxBytes int64) ([]Item, error)
	// Notify returns a channel that gets a value after an Append; one value may
	// stand for several.
	Notify() <-chan struct{}
	// Release lets go of the payloads up to and including the position; ids are
	// remembered for de-duplication.
	Release(ctx context.Context, upTo int64) error
	// Depth is how many items are not yet released, and their bytes.
	Depth(ctx context.Context) (items, bytes int64, err error)
	Close() error
}
