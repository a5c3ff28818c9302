package cloud

import (
	"errors"
	"log/slog"
	"sync"
	"time"
)

// Health is what a Client knows of its server.
type Health struct {
	State      State
	LastAnswer time.Time // of any answer, also a refusal; zero where there was none
	LastError  string    // "" where there was none
	LastErrAt  time.Time
}

// State is how the last exchanges with a server went.
type State string

// The states.
const (
	Unknown     State = "unknown"     // nothing was asked yet
	Reachable   State = "reachable"   // it serves the daemon
	Failing     State = "failing"     // it answers, but cannot do what it is asked
	KeyRefused  State = "key refused" // somebody must act
	Unreachable State = "unreachable"
)

// health turns the outcomes of all calls into few log lines: one when the
// server cannot be reached, refuses the key or fails at an operation, and one
// when that is over.
type health struct {
	server string
	now    func() time.Time
	logger *slog.Logger

	mu      sync.Mutex
	away    bool
	refused bool
	failing map[string]string // operation → the error last said
	last    Health            // without State
}

// report returns the present health.
func (h *health) report() Health {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := h.last
	switch {
	case h.away:
		out.State = Unreachable
	case h.refused:
		out.State = KeyRefused
	case len(h.failing) > 0:
		out.State = Failing
	case out.LastAnswer.IsZero():
		out.State = Unknown
	default:
		out.State = Reachable
	}
	return out
}

// remember keeps the outcome of one call for report. The caller holds mu.
func (h *health) remember(err error, answered bool) {
	now := h.now()
	if answered {
		h.last.LastAnswer = now
	}
	if err == nil {
		return
	}
	h.last.LastErrAt, h.last.LastError = now, err.Error()
	if !answered {
		h.last.LastError = explain(err)
	}
}

// note takes the outcome of one call.
func (h *health) note(operation string, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var status *StatusError
	answered := err == nil || errors.As(err, &status)
	h.remember(err, answered)
	if !answered {
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
