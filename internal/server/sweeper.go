package server

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"akita/internal/store"
)

const (
	sweepInterval = time.Hour
	keepDaemons   = 24 * time.Hour // since the last heartbeat; the API lists them for an hour
)

// keeper deletes what projects do not keep. *ingest.Worker implements it.
type keeper interface {
	// ApplyRetention deletes the units that are older than the retention of their project.
	ApplyRetention(ctx context.Context) error
	// Purge removes what is left of deleted traces and projects from the files.
	Purge(ctx context.Context) error
}

// sweeper regularly deletes expired sessions, old daemons and old units.
type sweeper struct {
	store  store.Store
	keeper keeper
	logger *slog.Logger
	now    func() time.Time
	cancel context.CancelFunc
	done   sync.WaitGroup
}

func startSweeper(st store.Store, k keeper, s Settings) *sweeper {
	ctx, cancel := context.WithCancel(context.Background())
	w := &sweeper{store: st, keeper: k, logger: s.Logger, now: s.Now, cancel: cancel}
	w.done.Go(func() { w.run(ctx) })
	return w
}

func (w *sweeper) stop() {
	w.cancel()
	w.done.Wait()
}

func (w *sweeper) run(ctx context.Context) {
	ticker := time.NewTicker(sweepInterval)
	defer ticker.Stop()
	for {
		w.sweep(ctx)
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

func (w *sweeper) sweep(ctx context.Context) {
	now := w.now()
	if err := w.store.DeleteExpiredSessions(ctx, now); err != nil && ctx.Err() == nil {
		w.logger.Warn("Expired sessions not deleted", "error", err)
	}
	if err := w.store.DeleteDaemonsBefore(ctx, now.Add(-keepDaemons)); err != nil && ctx.Err() == nil {
		w.logger.Warn("Old daemons not deleted", "error", err)
	}
	if err := w.keeper.ApplyRetention(ctx); err != nil && ctx.Err() == nil {
		w.logger.Warn("Old data not deleted", "error", err)
	}
	if err := w.keeper.Purge(ctx); err != nil && ctx.Err() == nil {
		w.logger.Warn("Deleted data are still in the files", "error", err)
	}
}
