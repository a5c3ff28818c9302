package ingest

import (
	"log/slog"
	"math/rand/v2"
	"time"
)

const (
	firstPause    = 50 * time.Millisecond
	longestPause  = 5 * time.Second
	maxLogEntries = 100 // of one trouble: texts may differ by a number
)

// trouble is a row of failures: it says how long to pause, and logs each
// distinct error once and the end once.
type trouble struct {
	logger *slog.Logger
	pause  time.Duration
	logged map[string]struct{}
}

// failed notes a failure and returns the pause before the next attempt: twice
// the one before up to a bound, more or less by chance.
func (t *trouble) failed(err error) time.Duration {
	if t.pause == 0 {
		t.pause, t.logged = firstPause, map[string]struct{}{}
	}
	if _, known := t.logged[err.Error()]; !known && len(t.logged) < maxLogEntries {
		t.logged[err.Error()] = struct{}{}
		t.logger.Error("Folding is held up; bundles wait in the queue", "error", err)
	}
	pause := t.pause/2 + rand.N(t.pause)
	t.pause = min(2*t.pause, longestPause)
	return pause
}

// over notes a success.
func (t *trouble) over() {
	if t.pause > 0 {
		t.logger.Info("Folding goes on")
	}
	t.pause, t.logged = 0, nil
}
