package ingest

import (
	"context"
	"time"

	"akita/internal/store"
)

// purgeExpired is how long the bytes of expired units stay in the files at most: to purge them
// rewrites the databases.
const purgeExpired = 24 * time.Hour

// ApplyRetention deletes the units of each project that are older than its retention.
func (w *Worker) ApplyRetention(ctx context.Context) error {
	w.working.Lock()
	defer w.working.Unlock()
	projects, err := w.config.Store.Projects(ctx)
	if err != nil {
		return err
	}
	now := w.config.Now().UTC() // a day has 24 hours
	for _, p := range projects {
		if err := w.expire(ctx, p, now); err != nil {
			return err
		}
	}
	if !w.expired || now.Sub(w.purged) < purgeExpired {
		return nil
	}
	return w.purgeFiles(ctx, nil)
}

// expire deletes the old units of one project.
func (w *Worker) expire(ctx context.Context, p store.Project, now time.Time) error {
	if p.RetentionDays == 0 {
		return nil
	}
	before := store.HourOf(now.AddDate(0, 0, -p.RetentionDays))
	if err := w.expireFacts(ctx, p.ID, before); err != nil {
		return err
	}
	deleted, err := w.config.Store.DeleteUnitsBefore(ctx, p.ID, before)
	if err != nil || deleted == 0 {
		return err
	}
	w.units.clear() // a call that is late must not bring back an expired unit
	w.expired = true
	w.config.Logger.Info("Old data deleted", "project", p.Name, "days", p.RetentionDays, "units", deleted)
	w.config.OnFold(p.ID)
	return nil
}
