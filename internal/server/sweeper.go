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

// sweeper regularly deletes expired sessions and old daemons from the store.
type sweeper struct {
	store  store.Store
	logger *slog.Logger
	now    func() time.Time
	cancel context.CancelFunc
	done   sync.WaitGroup
}

func startSweeper(st store.Store, s Settings) *sweeper {
	ctx, cancel := context.WithCancel(context.Background())
	w := &sweeper{store: st, logger: s.Logger, now: s.Now, cancel: cancel}
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
}
