package api

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"

	"akita/internal/api/tracename"
	"akita/internal/id"
	"akita/internal/schedule"
	"akita/internal/store"
)

const (
	maxTraceNameSize = 100 // characters
	maxTraceHours    = 720
	defaultPageLimit = 100
	maxPageLimit     = 500
)

// The values of the TraceState of openapi.yaml.
const (
	stateActive  = "active"
	stateEnded   = "ended"
	stateWaiting = "waiting"
)

// stateOpen selects active and waiting traces.
const stateOpen = "open"

type traceJSON struct {
	ID           string         `json:"id"`
	Name         string         `json:"name"`
	State        string         `json:"state"`
	Start        time.Time      `json:"start"`
	End          *time.Time     `json:"end"`
	UntilStopped bool           `json:"until_stopped"`
	Schedule     *schedule.Spec `json:"schedule"`
	Witnesses    int64          `json:"witnesses"`
}

func traceOf(t store.Trace, now time.Time) traceJSON {
	out := traceJSON{
		ID: t.ID, Name: t.Name, State: stateOfTrace(t, now), Start: t.Start.UTC(), Witnesses: t.Witnesses,
		UntilStopped: t.End.IsZero() && t.Schedule == nil,
	}
	if end := t.End.UTC(); !end.IsZero() {
		out.End = &end
	}
	if t.Schedule != nil {
		spec := t.Schedule.Spec()
		out.Schedule = &spec
	}
	return out
}

func stateOfTrace(t store.Trace, now time.Time) string {
	switch {
	case t.Ended(now):
		return stateEnded
	case t.Active(now):
		return stateActive
	}
	return stateWaiting
}

// trace returns the trace of a project with the given id or name.
func (h *Handler) trace(r *http.Request, p store.Project, idOrName string) (store.Trace, error) {
	t, err := h.store.Trace(r.Context(), p.ID, idOrName)
	if errors.Is(err, store.ErrNotFound) {
		return store.Trace{}, traceNotFound(p, idOrName)
	}
	return t, err
}

func traceNotFound(p store.Project, idOrName string) error {
	return &problem{code: codeTraceNotFound,
		detail: fmt.Sprintf("Project %q has no trace %q: list its traces to see their names.", p.Name, idOrName)}
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
	if !slices.Contains([]string{"", stateActive, stateWaiting, stateEnded, stateOpen}, state) {
		f.add("state", "must be active, waiting, ended or open")
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
// because the others are removed from it.
func (h *Handler) tracesIn(
	r *http.Request, p store.Project, state string, page store.Page, now time.Time,
) ([]store.Trace, string, error) {
	if state != "" && state != stateEnded {
		open, err := h.store.OpenTraces(r.Context(), p.ID, now)
		slices.Reverse(open)
		return slices.DeleteFunc(open, func(t store.Trace) bool {
			return state != stateOpen && stateOfTrace(t, now) != state
		}), "", err
	}
	traces, next, err := h.store.Traces(r.Context(), p.ID, page)
	if errors.Is(err, store.ErrBadCursor) {
		var f fields
		f.add("cursor", "is invalid; use the value of next from the previous page, or omit it")
		return nil, "", f.err()
	}
	if state == stateEnded {
		traces = slices.DeleteFunc(traces, func(t store.Trace) bool { return !t.Ended(now) })
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
	var in newTrace
	if err := decode(w, r, &in); err != nil {
		return err
	}
	t, err := in.window(h.timestamp())
	if err != nil {
		return err
	}
	if t, err = h.createTrace(r, p, t); err != nil {
		return err
	}
	h.changes.notify(p.ID, tracesChanged)
	h.logger.Info("Trace started", "trace", t.Name, "project", p.Name, "until", untilOf(t), "by", callerOf(r))
	return created(w, traceOf(t, t.Start))
}

// createTrace stores a trace with a generated name that is new in the project.
func (h *Handler) createTrace(r *http.Request, p store.Project, t store.Trace) (store.Trace, error) {
	const attempts = 20 // with 7.8 million names
	t.ProjectID = p.ID
	for range attempts {
		t.ID, t.Name = id.New(id.Trace), tracename.Generate(rand.IntN)
		err := h.store.CreateTrace(r.Context(), t)
		if !errors.Is(err, store.ErrExists) {
			return t, err
		}
	}
	return store.Trace{}, fmt.Errorf("no free trace name after %d attempts", attempts)
}

func (h *Handler) changeTrace(w http.ResponseWriter, r *http.Request) error {
	p, t, err := h.projectAndTrace(r)
	if err != nil {
		return err
	}
	var in traceChange
	if err := decode(w, r, &in); err != nil {
		return err
	}
	change, err := in.check(t)
	if err != nil {
		return err
	}
	now := h.timestamp()
	changed, err := h.store.ChangeTrace(r.Context(), t.ID, change, now)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return traceNotFound(p, t.Name)
	case errors.Is(err, store.ErrExists):
		return &problem{code: codeTraceExists,
			detail: fmt.Sprintf("The project has a trace named %q already: choose another name.", change.Name),
			fields: []fieldError{{"name", "is the name of another trace of the project; choose another one"}}}
	case errors.Is(err, store.ErrEnded):
		return &problem{code: codeTraceEnded, detail: "The trace has ended and cannot be extended: start a new one.",
			fields: []fieldError{{"extend_hours", "is not possible, because the trace has ended; start a new one"}}}
	case err != nil:
		return err
	}
	h.changes.notify(p.ID, tracesChanged)
	h.logger.Info("Trace changed",
		"trace", t.Name, "project", p.Name, "name", changed.Name, "until", untilOf(changed), "by", callerOf(r))
	return ok(w, traceOf(changed, now))
}

// traceChange is the TraceChange of openapi.yaml.
type traceChange struct {
	Name        *string `json:"name"`
	ExtendHours *int    `json:"extend_hours"`
}

// check returns the change of a trace that the request asks for.
func (c traceChange) check(t store.Trace) (change store.TraceChange, err error) {
	var f fields
	if c.Name != nil {
		if f.pathName("name", *c.Name, maxTraceNameSize) && id.Is(id.Trace, *c.Name) {
			f.add("name", "must not look like a trace id")
		}
		change.Name = *c.Name
	}
	if c.ExtendHours != nil {
		f.hours("extend_hours", *c.ExtendHours)
		if t.End.IsZero() {
			f.add("extend_hours", "is not possible, because the trace has no end")
		}
		change.Extend = time.Duration(*c.ExtendHours) * time.Hour
	}
	if c.Name == nil && c.ExtendHours == nil {
		f.add("name", "is missing; send it, or extend_hours, or both")
	}
	return change, f.err()
}

func (h *Handler) deleteTrace(w http.ResponseWriter, r *http.Request) error {
	p, t, err := h.projectAndTrace(r)
	if err != nil {
		return err
	}
	disableTimeouts(w)
	err = h.eraser.DeleteTrace(context.WithoutCancel(r.Context()), p.ID, t.ID)
	if errors.Is(err, store.ErrNotFound) {
		return traceNotFound(p, t.Name)
	}
	if err != nil {
		return err
	}
	h.changes.notify(p.ID, tracesChanged|modelChanged)
	h.logger.Info("Trace deleted", "trace", t.Name, "project", p.Name, "by", callerOf(r))
	return noContent(w)
}

func (h *Handler) stopTrace(w http.ResponseWriter, r *http.Request) error {
	p, t, err := h.projectAndTrace(r)
	if err != nil {
		return err
	}
	now := h.timestamp()
	stopped, err := h.store.EndTrace(r.Context(), t.ID, now)
	if errors.Is(err, store.ErrNotFound) {
		return traceNotFound(p, t.Name)
	}
	if err != nil {
		return err
	}
	if !t.Ended(now) {
		h.changes.notify(p.ID, tracesChanged)
		h.logger.Info("Trace stopped", "trace", t.Name, "project", p.Name, "by", callerOf(r))
	}
	return ok(w, traceOf(stopped, now))
}
