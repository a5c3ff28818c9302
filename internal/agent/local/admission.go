package local

import (
	"context"

	"golang.org/x/sync/semaphore"
)

// Bounds of the parts of events requests that are handled at the same time.
const (
	maxBlocks = 8 // blocks that are obfuscated or on their way to disk
	maxLarge  = 1 // events requests that hold an event larger than jsonstream.LargeBytes
)

// admission bounds the requests, and parts of requests, that are served at the same time.
type admission struct {
	holds         *holds
	readers       *readers
	blocks, large *semaphore.Weighted
}

func newAdmission() admission {
	return admission{
		holds:   &holds{max: maxHolds},
		readers: newReaders(),
		blocks:  semaphore.NewWeighted(maxBlocks),
		large:   semaphore.NewWeighted(maxLarge),
	}
}

// acquireLarge returns a function that waits until the request of ctx may hold a large
// event, and one that ends this. release may be called without acquire.
func (a *admission) acquireLarge(ctx context.Context) (acquire func() error, release func()) {
	held := false
	acquire = func() error {
		err := a.large.Acquire(ctx, 1)
		held = err == nil
		return err
	}
	release = func() {
		if held {
			a.large.Release(1)
		}
	}
	return acquire, release
}
