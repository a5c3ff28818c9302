// Package tally counts events that may come often, and decides when a log line
// about them is due: at once for the first, then at most once a minute.
package tally

import (
	"sync"
	"time"
)

const every = time.Minute

// Tally counts events of one kind. The zero Tally is ready for use. Its methods are
// safe for concurrent use.
type Tally struct {
	mu       sync.Mutex
	unlogged uint64
	logged   time.Time
}

// Add counts n events. If a line is due, unlogged is how many there were since the
// last one.
func (t *Tally) Add(n uint64, now time.Time) (unlogged uint64, due bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unlogged += n
	if t.unlogged == 0 || !t.logged.IsZero() && now.Sub(t.logged) < every {
		return 0, false
	}
	unlogged, t.unlogged, t.logged = t.unlogged, 0, now
	return unlogged, true
}
