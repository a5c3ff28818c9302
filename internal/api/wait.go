package api

import (
	"context"
	"net/http"
	"time"

	"akita/internal/store"
)

// keepOpen takes a request from under the server's time-outs: it may wait as long
// as it means to. A writer without time-outs has nothing to take off.
func keepOpen(w http.ResponseWriter) {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{})
	_ = control.SetWriteDeadline(time.Time{})
}

// until returns a channel that gets a value at the given time, and a function that
// lets go of it. The zero time never comes.
func (a *API) until(at time.Time) (<-chan time.Time, func()) {
	if at.IsZero() {
		return nil, func() {}
	}
	timer := time.NewTimer(at.Sub(a.now()))
	return timer.C, func() { timer.Stop() }
}

// firstEnd returns when the first of the traces ends; zero without any.
func firstEnd(traces []store.Trace) time.Time {
	var first time.Time
	for _, t := range traces {
		if first.IsZero() || t.End.Before(first) {
			first = t.End
		}
	}
	return first
}

// firstChangeOf returns when the first of the daemons becomes unhealthy or is gone
// unless it is heard from; zero without any.
func firstChangeOf(daemons []store.Daemon, now time.Time) time.Time {
	var first time.Time
	for _, d := range daemons {
		at := d.LastHeartbeat.Add(goneAfter)
		if stateOf(d, now) == healthy {
			at = d.LastHeartbeat.Add(unhealthyAfter)
		}
		at = at.Add(time.Millisecond) // both hold up to and including that time
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first
}

// timetable is when a project changes by time alone; zero for never.
type timetable struct{ daemons, traces time.Time }

func (a *API) timetable(ctx context.Context, p store.Project) (timetable, error) {
	now := a.now()
	active, err := a.store.ActiveTraces(ctx, p.ID, now)
	if err != nil {
		return timetable{}, err
	}
	daemons, err := a.daemons(ctx)
	if err != nil {
		return timetable{}, err
	}
	return timetable{daemons: firstChangeOf(daemons, now), traces: firstEnd(active)}, nil
}

// next returns the first of the times.
func (t timetable) next() time.Time {
	if t.daemons.IsZero() || !t.traces.IsZero() && t.traces.Before(t.daemons) {
		return t.traces
	}
	return t.daemons
}

// due returns what has changed by now.
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
