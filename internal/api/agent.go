package api

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"akita/internal/delta"
	"akita/internal/id"
	"akita/internal/ingest"
	"akita/internal/queue"
	"akita/internal/store"
	"akita/internal/witness"
)

const maxPollSeconds = 60

// activeTraceJSON is the ActiveTrace of openapi.yaml.
type activeTraceJSON struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	End          time.Time `json:"end"`
	SamplingRate float64   `json:"sampling_rate"`
}

type pollResponseJSON struct {
	ProjectID   string            `json:"project_id"`
	ProjectName string            `json:"project_name"`
	Traces      []activeTraceJSON `json:"traces"`
}

// pollTraces is a long poll: it responds when the active traces differ from those
// that the daemon knows.
func (h *Handler) pollTraces(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Daemon         string   `json:"daemon"`
		ActiveTraceIDs []string `json:"active_trace_ids"`
		WaitSeconds    *int     `json:"wait_seconds"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	var f fields
	f.name("daemon", in.Daemon, maxDaemonNameSize)
	if in.ActiveTraceIDs == nil {
		f.add("active_trace_ids", "is missing; send [] if there are none")
	}
	if in.WaitSeconds == nil || *in.WaitSeconds < 0 || *in.WaitSeconds > maxPollSeconds {
		f.add("wait_seconds", fmt.Sprintf("must be a whole number from 0 to %d", maxPollSeconds))
	}
	if err := f.err(); err != nil {
		return err
	}
	p, err := h.project(r)
	if err != nil {
		return err
	}
	disableTimeouts(w)
	traces, err := h.awaitTraces(r, p, in.ActiveTraceIDs, time.Duration(*in.WaitSeconds)*time.Second)
	if err != nil {
		return err
	}
	now := h.now()
	out := pollResponseJSON{ProjectID: p.ID, ProjectName: p.Name, Traces: make([]activeTraceJSON, len(traces))}
	for i, t := range traces {
		out.Traces[i] = activeTraceJSON{ID: t.ID, Name: t.Name, End: captureEnd(t, now), SamplingRate: 1}
	}
	return ok(w, out)
}

// captureEnd returns when an active trace stops to capture. Daemons expect a time: for a trace
// without an end it is noEnd.
func captureEnd(t store.Trace, now time.Time) time.Time {
	if next := t.NextChange(now); !next.IsZero() {
		return next.UTC()
	}
	return noEnd
}

var noEnd = time.Date(9999, time.January, 1, 0, 0, 0, 0, time.UTC)

// awaitTraces returns the active traces of a project as soon as they differ from
// known, after wait, or when the server stops.
func (h *Handler) awaitTraces(
	r *http.Request, p store.Project, known []string, wait time.Duration,
) ([]store.Trace, error) {
	watcher, stop := h.changes.watch(p.ID, tracesChanged|credentialsChanged)
	defer stop()
	timeout := time.NewTimer(wait)
	defer timeout.Stop()
	for {
		now := h.now()
		open, err := h.openTraces(r.Context(), p, now)
		active := activeOf(open, now)
		if err != nil || wait == 0 || !sameTraces(active, known) {
			return active, err
		}
		changed, stopTimer := h.timerAt(firstTraceChange(open, now))
		select {
		case <-changed:
		case <-watcher.wake:
		case <-timeout.C:
			wait = 0
		case <-h.closing:
			wait = 0
		case <-r.Context().Done():
			wait = 0
		}
		stopTimer()
		if h.changes.take(watcher)&credentialsChanged != 0 {
			if err := h.authenticateAgain(r); err != nil {
				return nil, err
			}
		}
	}
}

// sameTraces reports whether known holds exactly the ids of the active traces, in
// any order, possibly with duplicates.
func sameTraces(active []store.Trace, known []string) bool {
	ids := make([]string, len(active))
	for i, t := range active {
		ids[i] = t.ID
	}
	slices.Sort(ids)
	known = slices.Compact(slices.Sorted(slices.Values(known)))
	return slices.Equal(ids, known)
}

func (h *Handler) putBundle(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	traceIDs, repeats, err := h.bundleTraces(r, p)
	if err != nil {
		return err
	}
	if err := requireMediaType(r, append([]string{witness.MediaType}, delta.MediaTypes...)...); err != nil {
		return err
	}
	bundleID, with := r.PathValue("bundle"), bundlesIn(r.Header)
	isMalformed := func(bundleID string) bool { return !id.Is(id.Bundle, bundleID) }
	if isMalformed(bundleID) || slices.ContainsFunc(with, isMalformed) {
		return &problem{code: codeInvalidRequest,
			detail: "The bundle's id is malformed: it must be bdl_ followed by 22 characters 0-9A-Za-z."}
	}
	witnesses, duplicate, err := h.bundles.Accept(r.Context(), ingest.Bundle{
		ID: bundleID, With: with, ProjectID: p.ID, TraceID: traceIDs[0], Also: traceIDs[1:], Repeats: repeats,
		ContentEncoding: r.Header.Get("Content-Encoding"), Body: r.Body, Length: r.ContentLength,
	})
	if err != nil {
		return bundleProblem(err)
	}
	status := http.StatusAccepted
	if duplicate {
		status = http.StatusOK
	}
	return writeJSON(w, status, "application/json", struct {
		Witnesses int `json:"witnesses"`
	}{witnesses})
}

// bundlesIn returns the ids in delta.BundlesHeader, nil if there are none.
func bundlesIn(header http.Header) []string {
	text := strings.TrimSpace(header.Get(delta.BundlesHeader))
	if text == "" {
		return nil
	}
	ids := strings.Split(text, ",")
	for i := range ids {
		ids[i] = strings.TrimSpace(ids[i])
	}
	return ids
}

// bundleProblem translates an error of Bundles to a problem. It returns other
// errors as they are.
func bundleProblem(err error) error {
	if partly, ok := errors.AsType[*ingest.PartlyKnownError](err); ok {
		return &problem{code: codeBundlesKnown, known: partly.Known,
			detail: "Some of these bundles were accepted before, so nothing was added: send the others without them."}
	}
	switch {
	case errors.Is(err, queue.ErrFull):
		return &problem{code: codeUnavailable, retryAfter: retryLater,
			detail: "The server cannot store the bundle, because its queue or disk is full: send it again later."}
	case errors.Is(err, ingest.ErrIncomplete):
		return &problem{code: codeUnavailable, retryAfter: retryLater,
			detail: "The bundle was cut off: send it again."}
	case errors.Is(err, ingest.ErrTooLarge):
		return &problem{code: codeTooLarge, detail: "The bundle was refused: " + err.Error() + "."}
	case errors.Is(err, ingest.ErrEncoding):
		return &problem{code: codeUnsupportedMediaType,
			detail: "The Content-Encoding is not supported: send zstd, or plain lines without Content-Encoding."}
	case errors.Is(err, ingest.ErrMalformed):
		return &problem{code: codeInvalidBundle, detail: "The bundle was refused: " + err.Error() + "."}
	default:
		return err
	}
}
