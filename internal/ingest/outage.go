package ingest

import (
	"log/slog"
	"time"

	"akita/internal/backoff"
)

const (
	firstPause    = 50 * time.Millisecond
	longestPause  = 5 * time.Second
	maxLogEntries = 100 // per outage: the texts of errors may differ in a number
)

// outage is a series of failed steps. It chooses the pauses between them and logs
// each distinct error once, and the end of the series.
type outage struct {
	logger *slog.Logger
	pauses backoff.Backoff
	logged map[string]struct{} // nil unless the last step failed
}

// failed records a failed step and returns the pause before the next one.
func (o *outage) failed(err error) time.Duration {
	if o.logged == nil {
		o.pauses = backoff.Backoff{Base: firstPause, Max: longestPause}
		o.logged = map[string]struct{}{}
	}
	if _, known := o.logged[err.Error()]; !known && len(o.logged) < maxLogEntries {
		o.logged[err.Error()] = struct{}{}
		o.logger.Error("Folding failed; bundles wait in the queue", "error", err)
	}
	return o.pauses.Next(0)
}

// over records a successful step.
func (o *outage) over() {
	if o.logged != nil {
		o.logger.Info("Folding resumed")
	}
	o.logged = nil
}
