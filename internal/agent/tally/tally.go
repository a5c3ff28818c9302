// Package tally counts events that may come often, and says when a log line
// about them is due: at once for the first, then once a minute at most.
package tally

import (
	"sync"
	"time"
)

const every = time.Minute

// Tally counts events of one kind. The zero Tally is ready for use, also by
// several goroutines.
type Tally struct {
	mu     sync.Mutex
	unsaid uint64
	said   time.Time
}

// Add counts n events. Where a line is due, unsaid is how many there were since
// the last one.
func (t *Tally) Add(n uint64, now time.Time) (unsaid uint64, due bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unsaid += n
	if t.unsaid == 0 || !t.said.IsZero() && now.Sub(t.said) < every {
		return 0, false
	}
	unsaid, t.unsaid, t.said = t.unsaid, 0, now
	return unsaid, true
}
