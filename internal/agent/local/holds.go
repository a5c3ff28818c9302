package local

import (
	"container/list"
	"sync"
	"time"
)

// maxHolds bounds the middleware requests that wait.
const maxHolds = 1024

// minHold is how long a middleware request waits, at least, before it is answered early in
// favour of a new one. It keeps more clients than maxHolds from asking in a tight loop.
const minHold = 5 * time.Second

// holds bounds the middleware requests that wait for a change. If there are too many, the
// one that has waited the longest is answered.
type holds struct {
	max int

	mu      sync.Mutex
	waiting list.List // of heldRequest, the longest first
}

type heldRequest struct {
	since time.Time
	end   chan struct{}
}

// enter adds a request. end is closed when it must be answered; leave must be called when it
// has been. ok is false if there are too many requests that have not waited for minHold.
func (h *holds) enter(now time.Time) (end <-chan struct{}, leave func(), ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.waiting.Len() >= h.max {
		longest := h.waiting.Front()
		if now.Sub(longest.Value.(heldRequest).since) < minHold {
			return nil, nil, false
		}
		close(longest.Value.(heldRequest).end)
		h.waiting.Remove(longest)
	}
	added := h.waiting.PushBack(heldRequest{since: now, end: make(chan struct{})})
	leave = func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.waiting.Remove(added) // does nothing if it was removed
	}
	return added.Value.(heldRequest).end, leave, true
}
