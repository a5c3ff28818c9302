package cloud

import (
	"errors"
	"log/slog"
	"sync"
)

// health turns the outcomes of all calls into few log lines: one when the
// server cannot be reached, refuses the key or fails at an operation, and one
// when that is over.
type health struct {
	server string
	logger *slog.Logger

	mu      sync.Mutex
	away    bool
	refused bool
	failing map[string]string // operation → the error last said
}

// note takes the outcome of one call.
func (h *health) note(operation string, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var status *StatusError
	if err != nil && !errors.As(err, &status) {
		if !h.away {
			h.logger.Warn("Cannot reach the server "+h.server+": "+explain(err)+". What is captured is kept on disk; trying again", "operation", operation)
		}
		h.away = true
		return
	}
	if h.away {
		h.away = false
		h.logger.Info("The server " + h.server + " answers again")
	}
	h.noteAnswer(operation, err)
}

func (h *health) noteAnswer(operation string, err error) {
	if err != nil && VerdictOn(err) == Refused {
		if !h.refused {
			h.logger.Error("The server refuses the API key: create one in the console under Settings, set AKITA_API_KEY_ID and AKITA_API_KEY_SECRET, and restart the daemon. What is captured is kept on disk", "err", err)
		}
		h.refused = true
		return
	}
	if h.refused {
		h.refused = false
		h.logger.Info("The server accepts the API key again")
	}
	if err != nil && VerdictOn(err) == Retry {
		if h.failing[operation] != err.Error() {
			h.logger.Warn("The server cannot serve the daemon; trying again", "err", err)
		}
		if h.failing == nil {
			h.failing = make(map[string]string)
		}
		h.failing[operation] = err.Error()
		return
	}
	if h.failing[operation] != "" {
		delete(h.failing, operation)
		h.logger.Info("The server serves the daemon again", "operation", operation)
	}
}
