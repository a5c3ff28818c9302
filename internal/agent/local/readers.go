package local

import (
	"context"
	"errors"
	"sync"

	"golang.org/x/sync/semaphore"
)

// Bounds of events requests.
const (
	maxReaders = 16  // that are read at the same time
	maxQueued  = 256 // that wait for that
)

// errQueueFull reports that too many events requests wait.
var errQueueFull = errors.New("too many requests wait")

// readers bounds the events requests that are read at the same time. While others wait,
// those that are read have to be fast.
type readers struct {
	places *semaphore.Weighted

	mu     sync.Mutex
	queued int
	bodies map[*pacedBody]struct{} // that are read
}

func newReaders() *readers {
	return &readers{places: semaphore.NewWeighted(maxReaders), bodies: make(map[*pacedBody]struct{})}
}

// enter waits until a body may be read. leave must be called after that. The error is
// errQueueFull or that of ctx.
func (r *readers) enter(ctx context.Context, body *pacedBody) (leave func(), err error) {
	if !r.places.TryAcquire(1) {
		if err := r.queue(ctx); err != nil {
			return nil, err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bodies[body] = struct{}{}
	body.hurry(r.queued > 0)
	return func() {
		r.mu.Lock()
		delete(r.bodies, body)
		r.mu.Unlock()
		r.places.Release(1)
	}, nil
}

func (r *readers) queue(ctx context.Context) error {
	r.mu.Lock()
	if r.queued >= maxQueued {
		r.mu.Unlock()
		return errQueueFull
	}
	r.queued++
	r.hurry()
	r.mu.Unlock()
	err := r.places.Acquire(ctx, 1)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.queued--
	r.hurry()
	return err
}

// hurry passes on to the bodies whether others wait. The caller holds mu.
func (r *readers) hurry() {
	for body := range r.bodies {
		body.hurry(r.queued > 0)
	}
}
