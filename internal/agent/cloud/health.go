package cloud

import (
	"log/slog"
	"slices"
	"sync"
	"time"
)

// Health is what a Client knows about its server.
type Health struct {
	State      State
	LastAnswer time.Time // of any answer, also an error; zero if there was none
	LastError  string    // "" if there was none; it is over if State is Reachable
	LastErrAt  time.Time
}

// State says how the last calls to a server went.
type State string

// The states.
const (
	Unknown     State = "unknown"     // no call has ended yet
	Reachable   State = "reachable"   // it serves the daemon
	Failing     State = "failing"     // it answers, but with errors
	KeyRefused  State = "key refused" // the user must act
	Unreachable State = "unreachable"
)

// health turns the outcomes of calls into few log lines: one when the server cannot be
// reached, refuses the key or fails at an operation, and one when that is over.
type health struct {
	server string
	now    func() time.Time
	logger *slog.Logger

	mu      sync.Mutex
	away    bool
	refused bool
	failing map[string]string // operation → the error last logged
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

// remember stores the outcome of one call for report. The caller holds mu.
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

// note stores and logs the outcome of one call.
func (h *health) note(call call, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err != nil && (slices.Contains(call.expected, VerdictOn(err)) || call.isNew && IsUnknownOperation(err)) {
		err = nil
	}
	answered := err == nil || isA[*StatusError](err)
	h.remember(err, answered)
	if !answered {
		if !h.away {
			h.logger.Warn(
				"Cannot reach the server "+h.server+": "+explain(err)+". What is captured stays on disk; trying again",
				"operation",
				call.operation,
			)
		}
		h.away = true
		return
	}
	if h.away {
		h.away = false
		h.logger.Info("The server " + h.server + " answers again")
	}
	h.noteAnswer(call.operation, err)
}

func (h *health) noteAnswer(operation string, err error) {
	if err != nil && VerdictOn(err) == Refused {
		if !h.refused {
			h.logger.Error(
				"The server refuses the API key: create one in the console under Settings, set AKITA_API_KEY_ID and "+
					"AKITA_API_KEY_SECRET, and restart the daemon. What is captured stays on disk",
				"error",
				err,
			)
		}
		h.refused = true
		return
	}
	if h.refused {
		h.refused = false
		h.logger.Info("The server accepts the API key again")
	}
	if err != nil {
		if h.failing[operation] != err.Error() {
			h.logger.Warn("The server answers with an error; trying again", "error", err)
		}
		if h.failing == nil {
			h.failing = make(map[string]string)
		}
		h.failing[operation] = err.Error()
		return
	}
	if h.failing[operation] != "" {
		delete(h.failing, operation)
		h.logger.Info("The server answers without errors again", "operation", operation)
	}
}
