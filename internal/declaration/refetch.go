package declaration

import (
	"context"
	"sync"
	"time"
)

// Times of fetching.
const (
	// Interval is how often a document is fetched.
	Interval = 15 * time.Minute
	// tick is how often the documents that are due are looked for.
	tick = time.Minute
)

// Refetching fetches documents in the background.
type Refetching struct {
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// Start begins to fetch the documents of all projects that name a URL, each as often as Interval says.
func (k *Keeper) Start() *Refetching {
	ctx, cancel := context.WithCancel(context.Background())
	r := &Refetching{cancel: cancel}
	r.done.Go(func() {
		ticker := time.NewTicker(tick)
		defer ticker.Stop()
		for {
			k.refetchDue(ctx)
			select {
			case <-ticker.C:
			case <-ctx.Done():
				return
			}
		}
	})
	return r
}

// Stop ends fetching and waits until it has ended.
func (r *Refetching) Stop() {
	r.cancel()
	r.done.Wait()
}

func (k *Keeper) refetchDue(ctx context.Context) {
	due, err := k.config.Store.Unchecked(ctx, k.now().Add(-Interval))
	if err != nil && ctx.Err() == nil {
		k.config.Logger.Warn("Documents not fetched", "error", err)
	}
	for _, projectID := range due {
		if err := k.refetch(ctx, projectID); err != nil && ctx.Err() == nil && !isGone(err) {
			k.config.Logger.Warn("What was fetched is not kept", "project", projectID, "error", err)
		}
	}
}
