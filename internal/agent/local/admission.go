package local

import (
	"context"

	"golang.org/x/sync/semaphore"
)

// Bounds of what is done at the same time.
const (
	maxConnections = 2048 // of each listener; further ones wait to be accepted

	maxHolds  = 1024 // middleware requests that wait
	maxEvents = 16   // events requests that are read; others queue
	maxBlocks = 8    // blocks that are obfuscated or on their way to disk
	maxLarge  = 1    // events requests that hold an event larger than jsonstream.LargeBytes
)

// admission bounds the requests, and parts of requests, that are served at the same time.
type admission struct {
	holds, events, blocks, large *semaphore.Weighted
}

func newAdmission() admission {
	return admission{
		holds:  semaphore.NewWeighted(maxHolds),
		events: semaphore.NewWeighted(maxEvents),
		blocks: semaphore.NewWeighted(maxBlocks),
		large:  semaphore.NewWeighted(maxLarge),
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
