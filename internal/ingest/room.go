package ingest

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/semaphore"
)

const (
	// roomBytes bounds the bodies of the bundles that are being accepted at once.
	roomBytes = 8 * MaxSentBytes
	// roomWait is how long a bundle waits for the others to make room.
	roomWait = 5 * time.Second
)

// room is the memory for the bodies of bundles. It is safe for concurrent use.
type room struct{ free *semaphore.Weighted }

func newRoom() room { return room{semaphore.NewWeighted(roomBytes)} }

// take waits for room for a body of this length, or, where it is not known, of
// any that is allowed, and returns a function that gives it back. It fails with
// ErrFull where there is none in time.
func (r room) take(ctx context.Context, length int64) (leave func(), err error) {
	if length <= 0 || length > MaxSentBytes {
		length = MaxSentBytes
	}
	waiting, cancel := context.WithTimeout(ctx, roomWait)
	defer cancel()
	if err := r.free.Acquire(waiting, length); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("accept bundle: %w", ctx.Err())
		}
		return nil, fmt.Errorf("%w: too many other bundles arrive at once", ErrFull)
	}
	return func() { r.free.Release(length) }, nil
}
