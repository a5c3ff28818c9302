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
	"akita/internal/delta"
	"akita/internal/queue"
	"akita/internal/series"
	"akita/internal/store"
	"akita/internal/witness"
)

// WorkerConfig holds the settings of a Worker. Queue, Store, QuarantineDir and
// Logger are required.
type WorkerConfig struct {
	Queue queue.Queue
	Store store.Store
	// QuarantineDir is the directory for bundles that cannot be folded. The Worker
	// creates it for the first one.
	QuarantineDir string
	Logger        *slog.Logger
	// Acceptor is the one that appends to Queue in this process; the Worker need not decode what it
	// has just decoded. Optional.
	Acceptor *Acceptor
	// OnFold is called after each step for every project whose models changed. It
	// must not block. Optional.
	OnFold func(projectID string)
	// Interval is the least time between the starts of two steps, so that bundles
	// which arrive meanwhile share a step; 0: 50 ms. A bundle that arrives later is
	// folded immediately. After a step that took long, it is longer (see pause).
	Interval time.Duration
	// CacheBytes is a rough limit of the memory for decoded units; 0: 64 MiB.
	// Other units are read from the store for each step that needs them.
	CacheBytes int64
	// Now is the clock; nil: time.Now.
	Now func() time.Time
}

func (c *WorkerConfig) setDefaults() {
	if c.OnFold == nil {
		c.OnFold = func(string) {}
	}
	if c.Interval == 0 {
		c.Interval = 50 * time.Millisecond
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.CacheBytes == 0 {
		c.CacheBytes = 64 << 20
	}
}

// Stats counts what a Worker has done since it was created.
type Stats struct {
	Steps       int64 // transactions
	Bundles     int64 // folded
	Witnesses   int64 // folded
	Quarantined int64 // bundles that could not be folded
	Dropped     int64 // bundles of deleted traces
	// Settled is the last hour whose work is done: what was due in it is joined, packed, summed up and
	// dated. 0: none yet.
	Settled store.Hour
}

// Worker folds queued bundles into the models in the store, in one goroutine, and
// deletes what it has folded. Only one Worker may use a store at a time.
type Worker struct {
	config WorkerConfig
	codec  *codec
	fresh  *fresh
	// Tests replace these with functions that fail.
	encodeModel func(m *apimodel.Model, compress bool) ([]byte, error)
	merge       func(into *apimodel.Model, calls *delta.Sum, minute int) (*series.Series, error)

	steps, bundles, witnesses, quarantined, dropped atomic.Int64

	settled atomic.Int64 // the hour in which nothing more is to be joined

	// working is held while units are folded, joined or deleted.
	working sync.Mutex

	// These are guarded by working. They repeat what the store holds, so they are
	// dropped after any error and read from the store again.
	resumed  bool
	position int64
	units    *lru[unitKey, *cachedUnit]
	seen     map[string]*seenBy      // by the traces of an item
	joined   map[string]store.Joined // by project id
	dated    map[string]store.Hour   // by project id: when facts were dated

	// These are guarded by working too.
	late    map[string]bool // deleted traces whose bundles were dropped
	purging bool            // dropped bundles are still in the files of the queue
	expired bool            // expired units are still in the files
	purged  time.Time       // when expired units were last purged

	lifecycle sync.Mutex
	started   bool
	stop      context.CancelFunc
	stopped   sync.WaitGroup
}

// NewWorker returns a Worker that is not started.
func NewWorker(config WorkerConfig) *Worker {
	config.setDefaults()
	codec, fresh := newCodec(), newFresh()
	if config.Acceptor != nil {
		fresh = config.Acceptor.fresh
	}
	return &Worker{
		config: config, codec: codec, fresh: fresh, encodeModel: codec.encodeModel,
		merge: mergeSum(new(witness.Unpacker)),
		units: newLRU[unitKey, *cachedUnit](config.CacheBytes), stop: func() {},
		seen: make(map[string]*seenBy), joined: make(map[string]store.Joined),
		late: make(map[string]bool), dated: make(map[string]store.Hour),
	}
}

// mergeSum returns what merges the calls of a delta into the model of a unit, and returns their series.
func mergeSum(
	u *witness.Unpacker,
) func(into *apimodel.Model, calls *delta.Sum, minute int) (*series.Series, error) {
	return func(into *apimodel.Model, calls *delta.Sum, minute int) (*series.Series, error) {
		return calls.AddTo(into, minute, u)
	}
}

// Start reads the stored position and starts the goroutine. A Worker can be
// started once.
func (w *Worker) Start(ctx context.Context) error {
	w.lifecycle.Lock()
	defer w.lifecycle.Unlock()
	if w.started {
		return errors.New("start ingest worker: it was started or stopped before")
	}
	err := w.resume(ctx)
	if err == nil {
		err = w.replaceOldModels(ctx)
	}
	if err != nil {
		return fmt.Errorf("start ingest worker: %w", err)
	}
	w.started = true
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	w.stop = stop
	w.stopped.Go(func() { w.run(running) })
	return nil
}

// Stop stops the goroutine and waits for it; queued bundles stay in the queue. It
// may be called more than once, and before Start.
func (w *Worker) Stop() {
	w.lifecycle.Lock()
	defer w.lifecycle.Unlock()
	w.started = true
	w.stop()
	w.stopped.Wait()
}

// Stats returns the counts so far.
func (w *Worker) Stats() Stats {
	return Stats{
		Steps: w.steps.Load(), Bundles: w.bundles.Load(), Witnesses: w.witnesses.Load(),
		Quarantined: w.quarantined.Load(), Dropped: w.dropped.Load(), Settled: store.Hour(w.settled.Load()),
	}
}

// run executes steps until ctx ends. It waits for the queue when it has folded
// everything, and for a growing pause after an error.
func (w *Worker) run(ctx context.Context) {
	outage := outage{logger: w.config.Logger}
	for ctx.Err() == nil {
		began := time.Now() // not the clock of the calls, which may jump
		folded, joined, err := w.work(ctx)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			wait(ctx, time.After(outage.failed(err)))
		case folded > 0:
			outage.over()
			wait(ctx, time.After(w.pause(folded, time.Since(began))))
		case joined:
			outage.over()
		default:
			outage.over()
			w.waitForWork(ctx)
		}
	}
}

const (
	// workShare bounds the share of time that steps take, to one in workShare, as long as nothing piles
	// up: what they write depends on how many units they touch, and hardly on how many calls.
	workShare = 10
	// maxPause is the longest pause, in intervals.
	maxPause = 100
	// piledItems is how many items of one step mean that they pile up.
	piledItems = 64
)

// pause returns how long to wait after a step of some items.
func (w *Worker) pause(items int, took time.Duration) time.Duration {
	if items >= piledItems {
		return 0
	}
	return max(w.config.Interval-took, min(took*(workShare-1), maxPause*w.config.Interval), 0)
}

// work executes one step and one join. After an error, the state is read from the
// store again: another process may have deleted a trace meanwhile.
func (w *Worker) work(ctx context.Context) (folded int, joined bool, err error) {
	w.working.Lock()
	defer w.working.Unlock()
	folded, err = w.step(ctx)
	if err == nil && w.purging {
		err = w.purgeQueue(ctx)
	}
	if err == nil {
		joined, err = w.joinOne(ctx)
	}
	if err != nil {
		w.forget()
	}
	return folded, joined, err
}

// waitForWork waits for the queue, or for an hour in which older ones are to be joined.
func (w *Worker) waitForWork(ctx context.Context) {
	hour := time.NewTimer(w.nextHour())
	defer hour.Stop()
	select {
	case <-w.config.Queue.Notify():
	case <-hour.C:
	case <-ctx.Done():
	}
}

// wait waits for a value from c or the end of ctx.
func wait[T any](ctx context.Context, c <-chan T) {
	select {
	case <-c:
	case <-ctx.Done():
	}
}
