package api

import (
	"context"
	"net/http"
	"time"

	"akita/internal/store"
)

// disableTimeouts removes the server's timeouts from a request, so that it can wait
// as long as necessary. It ignores errors: a writer without deadlines has none.
func disableTimeouts(w http.ResponseWriter) {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{})
	_ = control.SetWriteDeadline(time.Time{})
}

// timerAt returns a channel that receives a value at the given time, or never for
// the zero time, and a function that stops the timer.
func (h *Handler) timerAt(at time.Time) (<-chan time.Time, func()) {
	if at.IsZero() {
		return nil, func() {}
	}
	timer := time.NewTimer(at.Sub(h.now()))
	return timer.C, func() { timer.Stop() }
}

// firstEnd returns the earliest end of the traces, or the zero time if there are
// none.
func firstEnd(traces []store.Trace) time.Time {
	var first time.Time
	for _, t := range traces {
		if first.IsZero() || t.End.Before(first) {
			first = t.End
		}
	}
	return first
}

// firstStateChange returns the earliest time at which one of the daemons becomes
// unhealthy or disappears without a heartbeat, or the zero time if there are none.
func firstStateChange(daemons []store.Daemon, now time.Time) time.Time {
	var first time.Time
	for _, d := range daemons {
		at := d.LastHeartbeat.Add(goneAfter)
		if stateOf(d, now) == healthy {
			at = d.LastHeartbeat.Add(unhealthyAfter)
		}
		at = at.Add(time.Millisecond) // the state changes after this time, not at it
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first
}

// timetable holds the next times at which a project changes without a request; zero
// means never.
type timetable struct{ daemons, traces time.Time }

func (h *Handler) timetable(ctx context.Context, p store.Project) (timetable, error) {
	now := h.now()
	active, err := h.store.OpenTraces(ctx, p.ID, now)
	if err != nil {
		return timetable{}, err
	}
	daemons, err := h.daemons(ctx)
	if err != nil {
		return timetable{}, err
	}
	return timetable{daemons: firstStateChange(daemons, now), traces: firstEnd(active)}, nil
}

// next returns the earlier of the times.
func (t timetable) next() time.Time {
	if t.daemons.IsZero() || !t.traces.IsZero() && t.traces.Before(t.daemons) {
		return t.traces
	}
	return t.daemons
}

// due returns the changes whose time has come.
func (t timetable) due(now time.Time) change {
	var what change
	if !t.daemons.IsZero() && !now.Before(t.daemons) {
		what |= daemonsChanged
	}
	if !t.traces.IsZero() && !now.Before(t.traces) {
		what |= tracesChanged
	}
	return what
}
