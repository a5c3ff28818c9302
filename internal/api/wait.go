package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
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

// openTraces returns the traces of a project that have not ended. It returns a problem if the
// project was deleted meanwhile.
func (h *Handler) openTraces(ctx context.Context, p store.Project, now time.Time) ([]store.Trace, error) {
	traces, err := h.store.OpenTraces(ctx, p.ID, now)
	if err == nil && len(traces) == 0 {
		_, err = h.store.Project(ctx, p.ID)
	}
	if errors.Is(err, store.ErrNotFound) {
		err = projectNotFound(p.Name)
	}
	return traces, err
}

// activeOf returns the traces that are active.
func activeOf(traces []store.Trace, now time.Time) []store.Trace {
	return slices.DeleteFunc(slices.Clone(traces), func(t store.Trace) bool { return !t.Active(now) })
}

// firstTraceChange returns the earliest time at which one of the traces changes its state, or the
// zero time if there is none.
func firstTraceChange(traces []store.Trace, now time.Time) time.Time {
	var first time.Time
	for _, t := range traces {
		next := t.NextChange(now)
		if first.IsZero() || !next.IsZero() && next.Before(first) {
			first = next
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
	open, err := h.openTraces(ctx, p, now)
	if err != nil {
		return timetable{}, err
	}
	daemons, err := h.daemons(ctx)
	if err != nil {
		return timetable{}, err
	}
	return timetable{daemons: firstStateChange(daemons, now), traces: firstTraceChange(open, now)}, nil
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
