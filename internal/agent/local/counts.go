package local

import (
	"sync"
	"time"

	"akita/internal/agent/tally"
)

// Counts is what became of the events that clients sent, since the start.
type Counts struct {
	Received  uint64 // in all
	Taken     uint64 // witnesses on disk; those of a batch that was sent twice count twice
	Malformed uint64 // no calls, and dropped
	TooLarge  uint64 // larger than is taken, and dropped
}

// counts keeps Counts; its methods are safe for concurrent use.
type counts struct {
	mu   sync.Mutex
	sum  Counts
	rate tally.Rate // of what was taken
}

func (c *counts) add(more Counts, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sum.Received += more.Received
	c.sum.Taken += more.Taken
	c.sum.Malformed += more.Malformed
	c.sum.TooLarge += more.TooLarge
	c.rate.Add(more.Taken, now)
}

// Counts returns what became of events so far, and how many were taken per second
// over the last minute.
func (s *Server) Counts() (sum Counts, perSecond float64) {
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	return s.counts.sum, s.counts.rate.PerSecond(s.cfg.Now())
}
