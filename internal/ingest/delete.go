package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

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
	for heir, others := range heirs {
		sums, err := w.inherit(ctx, projectID, heir, others)
		if err != nil {
			return d, fmt.Errorf("add units to capture %d: %w", heir, err)
		}
		d.Sums = append(d.Sums, sums...)
	}
	d.Facts, err = w.inheritedFacts(ctx, projectID, heirs)
	return d, err
}

// inherit returns the sums of the units that a capture and others have of the same hour and part.
func (w *Worker) inherit(ctx context.Context, projectID string, heir int64, others []int64) ([]store.Unit, error) {
	var units []store.Unit
	for _, capture := range append([]int64{heir}, others...) {
		of, err := w.config.Store.Units(ctx, store.Units{
			ProjectID: projectID, CaptureID: capture, Part: store.AnyPart, Of: store.ModelsAndSeries,
		})
		if err != nil {
			return nil, err
		}
		units = append(units, of...)
	}
	compare := func(a, b store.Unit) int { return cmp.Or(cmp.Compare(a.Part, b.Part), cmp.Compare(a.Start, b.Start)) }
	slices.SortStableFunc(units, compare)
	var sums []store.Unit
	for same := range runs(units, func(a, b store.Unit) bool { return compare(a, b) == 0 }) {
		if len(same) == 1 {
			continue // it belongs to the heir, or the store moves it there
		}
		sum := same[0]
		sum.CaptureID = heir
		total, err := w.codec.addUp(sum, same...)
		if err != nil {
			return nil, err
		}
		if sum, err = w.encodeUnit(sum, total); err != nil {
			return nil, err
		}
		sums = append(sums, sum)
	}
	return sums, nil
}

// heirsOf returns the captures that take over others when a trace is deleted, with those others:
// all of them are the same without the trace. If none of them was without it before, the first one
// is the heir.
func heirsOf(captures []store.Capture, traceID string) map[int64][]int64 {
	key := func(c store.Capture) string { return fmt.Sprintf("%q %q", c.TraceIDs, c.Repeats) }
	heir := make(map[string]int64, len(captures))
	var changed []store.Capture // what they become
	for _, c := range captures {
		if rest, differs := c.Without(traceID); !differs {
			heir[key(c)] = c.ID
		} else if len(rest.TraceIDs) > 0 {
			changed = append(changed, rest)
		}
	}
	heirs := make(map[int64][]int64)
	for _, c := range changed {
		if first, ok := heir[key(c)]; ok {
			heirs[first] = append(heirs[first], c.ID)
		} else {
			heir[key(c)] = c.ID
		}
	}
	return heirs
}
