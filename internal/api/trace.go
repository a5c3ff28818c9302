package api

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"

	"akita/internal/api/tracename"
	"akita/internal/id"
	"akita/internal/store"
)

const (
	maxTraceHours    = 720
	defaultPageLimit = 100
	maxPageLimit     = 500
)

// The values of the TraceState of openapi.yaml.
const (
	stateActive = "active"
	stateEnded  = "ended"
)

type traceJSON struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	State     string    `json:"state"`
	Start     time.Time `json:"start"`
	End       time.Time `json:"end"`
	Witnesses int64     `json:"witnesses"`
}

func traceOf(t store.Trace, now time.Time) traceJSON {
	state := stateEnded
	if t.Active(now) {
		state = stateActive
	}
	return traceJSON{t.ID, t.Name, state, t.Start.UTC(), t.End.UTC(), t.Witnesses}
}

// trace returns the trace of a project with the given id or name.
func (h *Handler) trace(r *http.Request, p store.Project, idOrName string) (store.Trace, error) {
	t, err := h.store.Trace(r.Context(), p.ID, idOrName)
	if errors.Is(err, store.ErrNotFound) {
		return store.Trace{}, &problem{code: codeTraceNotFound,
			detail: fmt.Sprintf("Project %q has no trace %q: list its traces to see their names.", p.Name, idOrName)}
	}
	return t, err
}

// projectAndTrace returns the project and the trace in the path.
func (h *Handler) projectAndTrace(r *http.Request) (store.Project, store.Trace, error) {
	p, err := h.project(r)
	if err != nil {
		return store.Project{}, store.Trace{}, err
	}
	t, err := h.trace(r, p, r.PathValue("trace"))
	return p, t, err
}

func (h *Handler) listTraces(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	var f fields
	state, limit := query.Get("state"), defaultPageLimit
	if state != "" && state != stateActive && state != stateEnded {
		f.add("state", "must be active or ended")
	}
	if query.Has("limit") {
		limit, err = strconv.Atoi(query.Get("limit"))
		if err != nil || limit < 1 || limit > maxPageLimit {
			f.add("limit", fmt.Sprintf("must be a whole number from 1 to %d", maxPageLimit))
		}
	}
	if err := f.err(); err != nil {
		return err
	}
	now := h.now()
	traces, next, err := h.tracesIn(r, p, state, store.Page{Limit: limit, Cursor: query.Get("cursor")}, now)
	if err != nil {
		return err
	}
	out := list[traceJSON]{Items: make([]traceJSON, len(traces)), Next: next}
	for i, t := range traces {
		out.Items[i] = traceOf(t, now)
	}
	return ok(w, out)
}

// tracesIn returns a page of the project's traces in a state, or in any state if it
// is "", and the cursor of the next page. A page of ended traces may be short,
// because active traces are removed from it.
func (h *Handler) tracesIn(
	r *http.Request, p store.Project, state string, page store.Page, now time.Time,
) ([]store.Trace, string, error) {
	if state == stateActive {
		active, err := h.store.OpenTraces(r.Context(), p.ID, now)
		slices.Reverse(active)
		return active, "", err
	}
	traces, next, err := h.store.Traces(r.Context(), p.ID, page)
	if errors.Is(err, store.ErrBadCursor) {
		var f fields
		f.add("cursor", "is invalid; use the value of next from the previous page, or omit it")
		return nil, "", f.err()
	}
	if state == stateEnded {
		traces = slices.DeleteFunc(traces, func(t store.Trace) bool { return t.Active(now) })
	}
	return traces, next, err
}

func (h *Handler) getTrace(w http.ResponseWriter, r *http.Request) error {
	_, t, err := h.projectAndTrace(r)
	if err != nil {
		return err
	}
	return ok(w, traceOf(t, h.now()))
}

func (h *Handler) startTrace(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	var in struct {
		DurationHours *int `json:"duration_hours"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if in.DurationHours == nil || *in.DurationHours < 1 || *in.DurationHours > maxTraceHours {
		var f fields
		f.add("duration_hours", fmt.Sprintf("must be a whole number of hours from 1 to %d", maxTraceHours))
		return f.err()
	}
	t, err := h.createTrace(r, p, time.Duration(*in.DurationHours)*time.Hour)
	if err != nil {
		return err
	}
	h.changes.notify(p.ID, tracesChanged)
	h.logger.Info("Trace started",
		"trace", t.Name, "project", p.Name, "end", t.End.Format(time.RFC3339), "by", callerOf(r))
	return created(w, traceOf(t, t.Start))
}

// createTrace stores a trace with a generated name that is new in the project.
func (h *Handler) createTrace(r *http.Request, p store.Project, duration time.Duration) (store.Trace, error) {
	const attempts = 20 // with 7.8 million names
	start := h.timestamp()
	for range attempts {
		t := store.Trace{
			ID: id.New(id.Trace), ProjectID: p.ID, Name: tracename.Generate(rand.IntN),
			Start: start, End: start.Add(duration),
		}
		err := h.store.CreateTrace(r.Context(), t)
		if !errors.Is(err, store.ErrExists) {
			return t, err
		}
	}
	return store.Trace{}, fmt.Errorf("no free trace name after %d attempts", attempts)
}

func (h *Handler) stopTrace(w http.ResponseWriter, r *http.Request) error {
	p, t, err := h.projectAndTrace(r)
	if err != nil {
		return err
	}
	now := h.timestamp()
	stopped, err := h.store.EndTrace(r.Context(), t.ID, now)
	if err != nil {
		return err
	}
	if t.Active(now) {
		h.changes.notify(p.ID, tracesChanged)
		h.logger.Info("Trace stopped", "trace", t.Name, "project", p.Name, "by", callerOf(r))
	}
	return ok(w, traceOf(stopped, now))
}
