// Package backoff chooses how long to wait before trying again.
package backoff

import (
	"context"
	"math/rand/v2"
	"time"
)

// Backoff is a row of waits, each a random time up to a bound that doubles from
// Base to Max ("full jitter"), so that many clients of a server that was away do
// not return at the same moment. It is used by one goroutine at a time.
type Backoff struct {
	Base, Max time.Duration // both above 0

	bound time.Duration // of the last wait; 0 before the first
}

// Next returns the next wait. atLeast is a lower bound, such as a server's
// Retry-After; 0 means none.
func (b *Backoff) Next(atLeast time.Duration) time.Duration {
	b.bound = min(max(b.Base, 2*b.bound), b.Max)
	jitter := rand.N(b.bound + 1)
	if atLeast > 0 {
		return atLeast + min(jitter, b.Base)
	}
	return jitter
}

// Reset starts again from Base.
func (b *Backoff) Reset() { b.bound = 0 }

// Sleep waits for d. If ctx ends first, it returns ctx's error at once.
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
