package ingest

import (
	"log/slog"
	"time"

	"akita/internal/backoff"
)

const (
	firstPause    = 50 * time.Millisecond
	longestPause  = 5 * time.Second
	maxLogEntries = 100 // of one trouble: texts may differ by a number
)

// trouble is a row of failures. It decides how long to pause, and logs each
// distinct error once, and the end.
type trouble struct {
	logger *slog.Logger
	pauses backoff.Backoff
	logged map[string]struct{} // nil while all is well
}

// failed notes a failure and returns the pause before the next attempt.
func (t *trouble) failed(err error) time.Duration {
	if t.logged == nil {
		t.pauses = backoff.Backoff{Base: firstPause, Max: longestPause}
		t.logged = map[string]struct{}{}
	}
	if _, known := t.logged[err.Error()]; !known && len(t.logged) < maxLogEntries {
		t.logged[err.Error()] = struct{}{}
		t.logger.Error("Folding is held up; bundles wait in the queue", "error", err)
	}
	return t.pauses.Next(0)
}

// over notes a success.
func (t *trouble) over() {
	if t.logged != nil {
		t.logger.Info("Folding goes on")
	}
	t.logged = nil
}
