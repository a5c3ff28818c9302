package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"akita/internal/store"
)

// DeleteTrace deletes a trace with its calls, unless another trace has seen them too, and removes
// their bytes from all files. It returns store.ErrNotFound if there is no such trace. If only the
// bytes cannot be removed, it logs that and returns no error: Purge tries it again.
func (w *Worker) DeleteTrace(ctx context.Context, projectID, traceID string) error {
	w.working.Lock()
	defer w.working.Unlock()
	const attempts = 3 // another process may fold meanwhile
	var err error
	for range attempts {
		var d store.Deletion
		if d, err = w.deletion(ctx, projectID, traceID); err != nil {
			return err
		}
		if err = w.config.Store.DeleteTrace(ctx, d, w.config.Now()); !errors.Is(err, store.ErrStaleVersion) {
			break
		}
	}
	if err != nil {
		return err
	}
	w.afterDeletion(ctx)
	return nil
}

// DeleteProject deletes a project with everything in it, as DeleteTrace deletes a trace.
func (w *Worker) DeleteProject(ctx context.Context, projectID string) error {
	w.working.Lock()
	defer w.working.Unlock()
	if err := w.config.Store.DeleteProject(ctx, projectID, w.config.Now()); err != nil {
		return err
	}
	w.afterDeletion(ctx)
	return nil
}

// afterDeletion forgets what was deleted, and purges it.
func (w *Worker) afterDeletion(ctx context.Context) {
	w.forget()
	if err := w.purge(ctx); err != nil {
		w.config.Logger.Error("Deleted data are still in the files; trying again within an hour", "error", err)
	}
}

// Purge removes the bytes of deleted traces and projects from all files, if there are any left.
func (w *Worker) Purge(ctx context.Context) error {
	w.working.Lock()
	defer w.working.Unlock()
	return w.purge(ctx)
}

func (w *Worker) purge(ctx context.Context) error {
	ids, err := w.config.Store.Unpurged(ctx)
	if err != nil || len(ids) == 0 {
		return err
	}
	dropped, err := w.config.Queue.Drop(ctx, ids)
	if err != nil {
		return err
	}
	if dropped > 0 {
		w.dropped.Add(dropped)
		w.config.Logger.Info("Waiting bundles of deleted traces dropped", "bundles", dropped)
	}
	if err := w.unquarantine(ids); err != nil {
		return err
	}
	return w.purgeFiles(ctx, ids)
}

// purgeFiles removes all bytes that are free from the files of both databases, and notes that those of
// the deleted traces and projects are gone.
func (w *Worker) purgeFiles(ctx context.Context, deleted []string) error {
	if err := w.purgeQueue(ctx); err != nil { // it may have had the bundles of what is purged from the store
		return err
	}
	if err := w.config.Store.Purge(ctx, deleted); err != nil {
		return err
	}
	w.expired, w.purged = false, w.config.Now()
	return nil
}

// purgeQueue removes all bytes that are free from the files of the queue, those of dropped bundles among
// them.
func (w *Worker) purgeQueue(ctx context.Context) error {
	err := w.config.Queue.Purge(ctx)
	if err == nil {
		w.purging = false
	}
	return err
}

// deletion returns the deletion of a trace, with the sums of the units that meet in a capture that
// exists already.
func (w *Worker) deletion(ctx context.Context, projectID, traceID string) (d store.Deletion, err error) {
	d = store.Deletion{ProjectID: projectID, TraceID: traceID}
	if d.Version, err = w.config.Store.Version(ctx, projectID, ""); err != nil {
		return d, err
	}
	captures, err := w.config.Store.Captures(ctx, projectID)
	if err != nil {
		return d, err
	}
	heirs := heirsOf(captures, traceID)
	if len(heirs) == 0 {
		return d, nil
	}
	units, err := w.config.Store.Units(ctx, store.Units{
		ProjectID: projectID, TraceID: traceID, Part: store.AnyPart, Of: store.ModelsAndSeries,
	})
	if err != nil {
		return d, err
	}
	for _, u := range units {
		heir, ok := heirs[u.CaptureID]
		if !ok {
			continue
		}
		other, err := w.config.Store.Unit(ctx, heir, u.Start, u.Part)
		if errors.Is(err, store.ErrNotFound) {
			continue // the store moves u to the heir
		}
		if err != nil {
			return d, err
		}
		sum, err := w.codec.addUp(other, other, u)
		if err == nil {
			other, err = w.encodeUnit(other, sum)
		}
		if err != nil {
			return d, fmt.Errorf("add units of captures %d and %d: %w", heir, u.CaptureID, err)
		}
		d.Sums = append(d.Sums, other)
	}
	d.Facts, err = w.inheritedFacts(ctx, projectID, heirs)
	return d, err
}

// heirsOf returns, for each capture of a trace, the capture that has the same traces without it, if
// there is one.
func heirsOf(captures []store.Capture, traceID string) map[int64]int64 {
	key := func(traceIDs []string) string { return strings.Join(traceIDs, ",") }
	byTraces := make(map[string]int64, len(captures))
	for _, c := range captures {
		byTraces[key(c.TraceIDs)] = c.ID
	}
	heirs := make(map[int64]int64)
	for _, c := range captures {
		i := slices.Index(c.TraceIDs, traceID)
		if i < 0 {
			continue
		}
		rest := slices.Delete(slices.Clone(c.TraceIDs), i, i+1)
		if heir, ok := byTraces[key(rest)]; ok {
			heirs[c.ID] = heir
		}
	}
	return heirs
}
