package ingest

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/semaphore"
)

const (
	// admittedBytes limits the bodies of the bundles that are accepted at once.
	admittedBytes = 8 * MaxSentBytes
	// admissionWait is how long a bundle waits for others to release memory.
	admissionWait = 5 * time.Second
)

// admission limits the memory for the bodies of bundles. It is safe for
// concurrent use.
type admission struct{ free *semaphore.Weighted }

func newAdmission() admission { return admission{semaphore.NewWeighted(admittedBytes)} }

// acquire waits for memory for a body of the given length, or of MaxSentBytes if
// the length is unknown, and returns a function that releases it. It returns
// ErrFull if it waited for admissionWait in vain.
func (a admission) acquire(ctx context.Context, length int64) (release func(), err error) {
	if length <= 0 || length > MaxSentBytes {
		length = MaxSentBytes
	}
	waiting, cancel := context.WithTimeout(ctx, admissionWait)
	defer cancel()
	if err := a.free.Acquire(waiting, length); err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("accept bundle: %w", ctx.Err())
		}
		return nil, fmt.Errorf("%w: too many bundles arrive at once", ErrFull)
	}
	return func() { a.free.Release(length) }, nil
}
