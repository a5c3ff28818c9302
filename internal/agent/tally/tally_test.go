package tally_test

import (
	"testing"
	"time"

	"akita/internal/agent/tally"
)

func TestLineIsDueOnceAMinute(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	var counted tally.Tally
	for _, c := range []struct {
		after    time.Duration
		n        uint64
		unlogged uint64
		due      bool
	}{
		{0, 0, 0, false}, // nothing happened yet
		{1 * time.Second, 2, 2, true},
		{2 * time.Second, 3, 0, false},
		{59 * time.Second, 1, 0, false},
		{61 * time.Second, 1, 5, true},
		{300 * time.Second, 0, 0, false},
		{301 * time.Second, 1, 1, true},
	} {
		if unlogged, due := counted.Add(c.n, start.Add(c.after)); unlogged != c.unlogged || due != c.due {
			t.Errorf("after %v: %d, %v; want %d, %v", c.after, unlogged, due, c.unlogged, c.due)
		}
	}
}
