// Package retry waits between tries.
package retry

import (
	"context"
	"math/rand/v2"
	"time"
)

// Backoff chooses how long to wait before each further try: a random time up
// to a bound that doubles ("full jitter"), so that daemons which lost the same
// server do not come back at the same moment. The zero Backoff is not usable.
type Backoff struct {
	// Base bounds the first wait, Max every one.
	Base, Max time.Duration

	tries int
}

// Next returns the wait before the next try; atLeast is what the other side
// asked for (Retry-After), 0 where it did not.
func (b *Backoff) Next(atLeast time.Duration) time.Duration {
	bound := b.Max
	if b.tries < 30 && b.Base<<b.tries < b.Max {
		bound = b.Base << b.tries
	}
	b.tries++
	jitter := rand.N(bound + 1)
	if atLeast > 0 {
		return atLeast + min(jitter, b.Base)
	}
	return jitter
}

// Reset makes the next wait a first one again.
func (b *Backoff) Reset() { b.tries = 0 }

// Sleep waits for d, or returns ctx's error as soon as it ends.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
