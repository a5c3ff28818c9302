package ingest

import (
	"context"
	"errors"
	"strings"
	"time"

	"akita/internal/queue"
	"akita/internal/store"
)

// seenBy is what a step knows of the traces that saw the calls of an item.
type seenBy struct {
	projectID string
	captureID int64
	ids       []string  // of the traces that count the calls
	start     time.Time // of the last trace that started
}

// maxSeenBy bounds the sets of traces that a Worker remembers.
const maxSeenBy = 10_000

// seenBy returns the traces of an item that exist, with their capture. It returns
// store.ErrNotFound if none of them does.
func (w *Worker) seenBy(ctx context.Context, item queue.Item) (*seenBy, error) {
	key := strings.Join(item.Also, ",") + "<" + strings.Join(item.Repeats, ",") + "<" + item.TraceID
	of, ok := w.seen[key]
	if !ok {
		var err error
		if of, err = w.findTraces(ctx, item); err != nil {
			return nil, err
		}
		if len(w.seen) >= maxSeenBy {
			clear(w.seen)
		}
		w.seen[key] = of
	}
	if of.projectID != item.ProjectID {
		return nil, store.ErrNotFound
	}
	return of, nil
}

func (w *Worker) findTraces(ctx context.Context, item queue.Item) (*seenBy, error) {
	traces, err := w.existing(ctx, item.ProjectID, append([]string{item.TraceID}, item.Also...))
	if err != nil {
		return nil, err
	}
	if len(traces) == 0 {
		return nil, store.ErrNotFound
	}
	repeated, err := w.existing(ctx, item.ProjectID, item.Repeats)
	if err != nil {
		return nil, err
	}
	of := &seenBy{projectID: item.ProjectID}
	for _, t := range traces {
		of.ids = append(of.ids, t.ID)
		if t.Start.After(of.start) {
			of.start = t.Start
		}
	}
	var repeats []string
	for _, t := range repeated {
		repeats = append(repeats, t.ID)
	}
	capture, err := w.config.Store.Capture(ctx, item.ProjectID, of.ids, repeats...)
	if errors.Is(err, store.ErrNotFound) {
		err = errors.New("traces were deleted meanwhile") // what is left of them is found at the next try
	}
	of.captureID = capture.ID
	return of, err
}

// existing returns the traces of a project that exist. The others were deleted.
func (w *Worker) existing(ctx context.Context, projectID string, ids []string) (traces []store.Trace, err error) {
	for _, id := range ids {
		t, err := w.config.Store.Trace(ctx, projectID, id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		traces = append(traces, t)
	}
	return traces, nil
}
