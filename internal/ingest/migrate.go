package ingest

import (
	"context"
	"errors"

	"akita/internal/series"
	"akita/internal/store"
)

// replaceOldModels turns the models that a version before units wrote into units. Their calls have no
// hours: they count in the hour in which their trace started.
func (w *Worker) replaceOldModels(ctx context.Context) error {
	old, err := w.config.Store.OldModels(ctx)
	if err != nil {
		return err
	}
	for _, o := range old {
		if err := w.replaceOldModel(ctx, o.TraceID); err != nil {
			return err
		}
		w.config.Logger.Info("Model of an earlier version is stored by part now", "trace", o.TraceID)
	}
	return nil
}

func (w *Worker) replaceOldModel(ctx context.Context, traceID string) error {
	stored, err := w.config.Store.OldModel(ctx, traceID)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	model, err := w.codec.decodeOld(stored)
	if err != nil {
		return err
	}
	capture, err := w.config.Store.Capture(ctx, stored.ProjectID, []string{traceID})
	if err != nil {
		return err
	}
	var units []store.Unit
	for part, m := range model.Split() {
		u := store.Unit{CaptureID: capture.ID, Start: store.HourOf(stored.Start), Hours: 1, Part: int(part)}
		if u, err = w.encodeUnit(u, &calls{m, series.New()}); err != nil {
			return err
		}
		units = append(units, u)
	}
	return w.config.Store.ReplaceOldModel(ctx, traceID, units)
}
