package local

import (
	"sync"
	"time"

	"akita/internal/agent/tally"
)

// Counts counts the events that clients have sent since the start.
type Counts struct {
	Received  uint64 // in all
	Taken     uint64 // witnesses on disk; those of a batch that was sent twice count twice
	Malformed uint64 // dropped because they could not be read
	TooLarge  uint64 // dropped because of their size
}

// counts keeps Counts; its methods are safe for concurrent use.
type counts struct {
	mu   sync.Mutex
	sum  Counts
	rate tally.Rate // of events taken
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

// Counts returns the counts so far, and how many events were taken per second over
// the last minute.
func (s *Server) Counts() (sum Counts, perSecond float64) {
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	return s.counts.sum, s.counts.rate.PerSecond(s.config.Now())
}
