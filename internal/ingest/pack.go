package ingest

import (
	"context"

	"akita/internal/store"
)

// packOne packs the units of one day of a project, and reports whether there was one. A day is packed
// when its series are by the hour: until then, they change. A late call unpacks what it changes.
func (w *Worker) packOne(ctx context.Context, p store.Project) (packed bool, err error) {
	const day = 24
	first, found, err := w.config.Store.Unpacked(ctx, p.ID, p.Joined.Days, p.Joined.Hours/day*day)
	if err != nil || !found {
		return false, err
	}
	return true, w.config.Store.PackDay(ctx, p.ID, first)
}
