package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"akita/internal/apimodel"
	"akita/internal/queue"
	"akita/internal/store"
)

// FolderConfig is what a Folder works with; Queue, Store, QuarantineDir and
// Logger are needed.
type FolderConfig struct {
	Queue queue.Queue
	Store store.Store
	// QuarantineDir gets the frames that cannot be folded; made when there is one.
	QuarantineDir string
	Logger        *slog.Logger
	// OnFold is called after each step for every project whose models have
	// changed. It must not wait. nil: nothing is.
	OnFold func(projectID string)
	// Interval is the least time from one step to the next, so that a step
	// stores what has come in between at once; 0: 50 ms. After a rest the first
	// bundle is folded immediately.
	Interval time.Duration
	// CacheBytes bounds about the memory of the models that are kept decoded;
	// 0: 128 MiB. Any others are read for each step that needs them.
	CacheBytes int64
}

func (c *FolderConfig) setDefaults() {
	if c.OnFold == nil {
		c.OnFold = func(string) {}
	}
	if c.Interval == 0 {
		c.Interval = 50 * time.Millisecond
	}
	if c.CacheBytes == 0 {
		c.CacheBytes = 128 << 20
	}
}

// Stats counts what a Folder has done since it was made.
type Stats struct {
	Steps       int64 // transactions
	Bundles     int64 // folded
	Witnesses   int64 // folded
	Quarantined int64 // bundles that could not be folded
}

// Folder folds what is queued into the store, in one goroutine. Only one Folder
// may work on a store at a time.
type Folder struct {
	config FolderConfig
	codec  *codec
	// Tests put others in the place of these, which fail.
	encodeModel func(*apimodel.Model) ([]byte, error)
	merge       func(into, bundle *apimodel.Model)

	steps, bundles, witnesses, quarantined atomic.Int64

	// What follows belongs to the goroutine. It repeats what the store holds, and
	// is forgotten as soon as anything fails: then the store says where to go on.
	resumed  bool
	position int64
	models   *lru[string, *traceModel] // by trace id

	lifecycle sync.Mutex
	started   bool
	stop      context.CancelFunc
	stopped   sync.WaitGroup
}

// NewFolder returns a Folder that is to be started.
func NewFolder(c FolderConfig) *Folder {
	c.setDefaults()
	codec := newCodec()
	return &Folder{
		config: c, codec: codec, encodeModel: codec.encodeModel, merge: (*apimodel.Model).Merge,
		models: newLRU[string, *traceModel](c.CacheBytes), stop: func() {},
	}
}

// Start begins to fold, once it is known where to go on. A Folder starts once.
func (f *Folder) Start(ctx context.Context) error {
	f.lifecycle.Lock()
	defer f.lifecycle.Unlock()
	if f.started {
		return errors.New("start folder: it was started or stopped before")
	}
	if err := f.resume(ctx); err != nil {
		return fmt.Errorf("start folder: %w", err)
	}
	f.started = true
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	f.stop = stop
	f.stopped.Go(func() { f.run(running) })
	return nil
}

// Stop ends folding and waits for it; what is queued stays queued. It may be
// called any number of times, also before Start.
func (f *Folder) Stop() {
	f.lifecycle.Lock()
	defer f.lifecycle.Unlock()
	f.started = true
	f.stop()
	f.stopped.Wait()
}

// Stats returns what was done so far.
func (f *Folder) Stats() Stats {
	return Stats{f.steps.Load(), f.bundles.Load(), f.witnesses.Load(), f.quarantined.Load()}
}

// run steps until ctx ends: at once when something is queued, again and again
// while there is more, and after a growing pause when it fails.
func (f *Folder) run(ctx context.Context) {
	trouble := trouble{logger: f.config.Logger}
	for ctx.Err() == nil {
		interval := time.NewTimer(f.config.Interval)
		folded, err := f.step(ctx)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			f.forget()
			wait(ctx, time.After(trouble.failed(err)))
		case folded > 0:
			trouble.over()
			wait(ctx, interval.C)
		default:
			trouble.over()
			wait(ctx, f.config.Queue.Notify())
		}
		interval.Stop()
	}
}

// wait waits for a value or the end of ctx.
func wait[T any](ctx context.Context, c <-chan T) {
	select {
	case <-c:
	case <-ctx.Done():
	}
}
