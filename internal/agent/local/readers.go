package local

import (
	"container/list"
	"context"
	"errors"
	"sync"
)

// Bounds of events requests.
const (
	maxReaders = 16  // that are read at the same time
	maxQueued  = 256 // that wait for that
)

// errQueueFull reports that too many events requests wait.
var errQueueFull = errors.New("too many requests wait")

// readers bounds the events requests that are read at the same time. While others wait,
// those that are read have to be fast. The newest request is read first, so that requests
// whose bodies have stopped cannot keep others out.
type readers struct {
	mu      sync.Mutex
	free    int                     // places
	waiting list.List               // of chan struct{}, which is closed to pass on a place; the newest last
	bodies  map[*pacedBody]struct{} // that are read
}

func newReaders() *readers {
	return &readers{free: maxReaders, bodies: make(map[*pacedBody]struct{})}
}

// enter waits until a body may be read. leave must be called after that. The error is
// errQueueFull or that of ctx.
func (r *readers) enter(ctx context.Context, body *pacedBody) (leave func(), err error) {
	if err := r.acquire(ctx); err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bodies[body] = struct{}{}
	r.hurry()
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.bodies, body)
		r.release()
	}, nil
}

// acquire waits for a place.
func (r *readers) acquire(ctx context.Context) error {
	r.mu.Lock()
	if r.free > 0 {
		r.free--
		r.mu.Unlock()
		return nil
	}
	if r.waiting.Len() >= maxQueued {
		r.mu.Unlock()
		return errQueueFull
	}
	place := make(chan struct{})
	entry := r.waiting.PushBack(place)
	r.hurry()
	r.mu.Unlock()
	select {
	case <-place:
		return nil
	case <-ctx.Done():
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case <-place: // it was passed on meanwhile
		r.release()
	default:
		r.waiting.Remove(entry)
		r.hurry()
	}
	return ctx.Err()
}

// release passes a place on to the newest request that waits. The caller holds mu.
func (r *readers) release() {
	newest := r.waiting.Back()
	if newest == nil {
		r.free++
		return
	}
	r.waiting.Remove(newest)
	close(newest.Value.(chan struct{}))
	r.hurry()
}

// hurry passes on to the bodies whether others wait. The caller holds mu.
func (r *readers) hurry() {
	for body := range r.bodies {
		body.hurry(r.waiting.Len() > 0)
	}
}
