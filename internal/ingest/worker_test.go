package ingest_test

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"akita/internal/apimodel"
	"akita/internal/id"
	"akita/internal/ingest"
	"akita/internal/queue"
	"akita/internal/queue/sqlitequeue"
	"akita/internal/store"
	"akita/internal/witness"
)

// running is a started Worker whose steps a test can wait for.
type running struct {
	*ingest.Worker
	t      testing.TB
	folded chan string // the project ids that OnFold received
}

func run(t testing.TB, config ingest.WorkerConfig) *running {
	t.Helper()
	r := &running{t: t, folded: make(chan string, 1000)}
	config.OnFold = func(projectID string) { r.folded <- projectID }
	r.Worker = ingest.NewWorker(config)
	must(t, r.Start(t.Context()))
	t.Cleanup(r.Stop)
	return r
}

// waitFor waits until the given number of bundles are folded.
func (r *running) waitFor(bundles int64) {
	r.t.Helper()
	for r.Stats().Bundles < bundles {
		select {
		case <-r.folded:
		case <-r.t.Context().Done():
			r.t.Fatal("the test ended before the bundles were folded")
		}
	}
}

func (p *parts) accept(t testing.TB, bundles ...ingest.Bundle) {
	t.Helper()
	a := ingest.NewAcceptor(p.queue)
	for _, b := range bundles {
		_, _, err := a.Accept(t.Context(), b)
		must(t, err)
	}
}

func (p *parts) wantCounts(t testing.TB, want map[string]int) {
	t.Helper()
	got, err := counts(t.Context(), ingest.NewModels(ingest.ModelsConfig{Store: p.store}), p.trace.ProjectID, p.trace.ID)
	must(t, err)
	if !maps.Equal(got, want) {
		t.Errorf("the model has %v, want %v", got, want)
	}
}

func TestFolding(t *testing.T) {
	t.Parallel()
	p := setup(t)
	p.accept(t, p.bundle("before-start", 2))
	w := run(t, p.workerConfig())
	if project := <-w.folded; project != p.trace.ProjectID {
		t.Errorf("OnFold received %s, want %s", project, p.trace.ProjectID)
	}
	p.accept(t, p.bundle("a", 3), p.bundle("a", 3), p.bundle("b", 1)) // the second is a duplicate
	w.waitFor(3)
	p.wantCounts(t, map[string]int{"before-start": 2, "a": 3, "b": 1})

	w.Stop()
	trace, err := p.store.Trace(t.Context(), p.trace.ProjectID, p.trace.ID)
	must(t, err)
	if trace.Witnesses != 6 {
		t.Errorf("the trace has %d witnesses, want 6", trace.Witnesses)
	}
	if got := w.Stats(); got.Bundles != 3 || got.Witnesses != 6 || got.Quarantined != 0 || got.Steps < 2 {
		t.Errorf("stats are %+v", got)
	}
	run(t, p.workerConfig()).Stop() // releases what w may not have released before it stopped
	if items, bytes, _ := p.queue.Depth(t.Context()); items != 0 || bytes != 0 {
		t.Errorf("the queue still holds %d items, %d bytes", items, bytes)
	}
}

func TestQueuedBundlesShareAStep(t *testing.T) {
	t.Parallel()
	p := setup(t)
	for _, name := range []string{"a", "b", "c", "d"} {
		p.accept(t, p.bundle(name, 1))
	}
	w := run(t, p.workerConfig())
	w.waitFor(4)
	if got := w.Stats().Steps; got != 1 {
		t.Errorf("%d steps, want 1", got)
	}
}

func TestWorkerResumesAtTheStoredPosition(t *testing.T) {
	t.Parallel()
	p := setup(t)
	for _, name := range []string{"a", "b", "a2"} {
		w := run(t, p.workerConfig())
		p.accept(t, p.bundle(name, 2))
		w.waitFor(1)
		w.Stop()
	}
	p.wantCounts(t, map[string]int{"a": 2, "b": 2, "a2": 2})
}

func TestTracesBeyondTheCache(t *testing.T) {
	t.Parallel()
	p := setup(t)
	config := p.workerConfig()
	config.CacheBytes = 1 // keeps only the most recent model
	w := run(t, config)
	other, err := p.ensureTrace(t.Context(), "demo", "other")
	must(t, err)
	folded := int64(0)
	for _, name := range []string{"a", "b", "c"} {
		for _, trace := range []store.Trace{p.trace, other} {
			b := p.bundle(name+trace.Name, 1)
			b.TraceID = trace.ID
			p.accept(t, b)
			folded++
			w.waitFor(folded)
		}
	}
	for _, trace := range []store.Trace{p.trace, other} {
		stored, err := p.store.Trace(t.Context(), trace.ProjectID, trace.ID)
		must(t, err)
		if stored.Witnesses != 3 {
			t.Errorf("trace %s has %d witnesses, want 3", trace.Name, stored.Witnesses)
		}
	}
}

func TestBadItemsAreQuarantined(t *testing.T) {
	t.Parallel()
	frame := compress(lines("bad", 1))
	twoLines := compress(append(lines("bad", 1), "{}\n"...))
	for name, c := range map[string]struct {
		change func(*queue.Item)
		damage bool // flip a bit after the item was queued
		reason string
	}{
		"flipped bit":     {func(*queue.Item) {}, true, "checksum is "},
		"not zstd":        {func(i *queue.Item) { i.Payload = []byte("not zstd") }, false, "malformed bundle"},
		"bad second line": {func(i *queue.Item) { i.Payload = twoLines }, false, "line 2"},
		"wrong count":     {func(i *queue.Item) { i.Witnesses = 2 }, false, "it has 1 witnesses, want 2"},
		"unknown trace":   {func(i *queue.Item) { i.TraceID = id.New(id.Trace) }, false, "has no trace"},
		"another project": {func(i *queue.Item) { i.ProjectID = id.New(id.Project) }, false, "has no trace"},
		"path as id":      {func(i *queue.Item) { i.BundleID, i.Payload = "../x", nil }, false, "it has 0 witnesses"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := setup(t)
			bad := queue.Item{
				BundleID: "bdl_bad", ProjectID: p.trace.ProjectID, TraceID: p.trace.ID, Witnesses: 1, Payload: frame,
			}
			c.change(&bad)
			p.accept(t, p.bundle("before", 1))
			_, err := p.queue.Append(t.Context(), bad)
			must(t, err)
			p.accept(t, p.bundle("after", 1))

			config, log := p.workerConfig(), &strings.Builder{}
			config.Logger = slog.New(slog.NewTextHandler(log, nil))
			if c.damage {
				config.Queue = damaging{p.queue, bad.BundleID}
			}
			w := run(t, config)
			w.waitFor(2)
			w.Stop()

			p.wantCounts(t, map[string]int{"before": 1, "after": 1})
			if got := w.Stats().Quarantined; got != 1 {
				t.Errorf("%d quarantined, want 1", got)
			}
			if strings.Count(log.String(), "level=ERROR") != 1 || !strings.Contains(log.String(), c.reason) {
				t.Errorf("want one error with %q, got:\n%s", c.reason, log)
			}
			files, err := os.ReadDir(config.QuarantineDir)
			must(t, err)
			if len(files) != 1 {
				t.Fatalf("%d files in quarantine, want 1", len(files))
			}
			got, err := os.ReadFile(filepath.Join(config.QuarantineDir, files[0].Name()))
			must(t, err)
			if !c.damage && string(got) != string(bad.Payload) {
				t.Errorf("%s has %q, want the payload", files[0].Name(), got)
			}
		})
	}
}

// damaging is a queue that flips a bit of a bundle when it is read.
type damaging struct {
	*sqlitequeue.Queue
	bundleID string
}

func (d damaging) Read(ctx context.Context, after int64, maxItems int, maxBytes int64) ([]queue.Item, error) {
	items, err := d.Queue.Read(ctx, after, maxItems, maxBytes)
	for _, i := range items {
		if i.BundleID == d.bundleID {
			flip(i.Payload)
		}
	}
	return items, err
}

func TestFailedStepsAreRetried(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // with a fake clock
		p := setup(t)
		full, busy := errors.New("disk is full"), errors.New("database is locked")
		log := &strings.Builder{}
		config := p.workerConfig()
		config.Logger = slog.New(slog.NewTextHandler(log, nil))
		config.Store = &failing{Store: p.store, errs: []error{full, full, busy, full, busy, busy}}
		w := run(t, config)
		began := time.Now()
		p.accept(t, p.bundle("a", 3))
		w.waitFor(1)
		waited := time.Since(began)
		synctest.Wait() // until the worker waits for the queue
		w.Stop()

		p.wantCounts(t, map[string]int{"a": 3})
		counts := map[string]int{full.Error(): 1, busy.Error(): 1, "Folding resumed": 1, "level=ERROR": 2}
		for text, want := range counts {
			if got := strings.Count(log.String(), text); got != want {
				t.Errorf("%q was logged %d times, want %d:\n%s", text, got, want, log)
			}
		}
		if limit := 3150 * time.Millisecond; waited <= 0 || waited > limit { // at most 50 + 100 + … + 1600 ms
			t.Errorf("waited %s in six pauses, want more than 0 and at most %s", waited, limit)
		}
	})
}

// failing is a store whose first folds return errs.
type failing struct {
	store.Store
	mu   sync.Mutex
	errs []error
}

func (s *failing) ApplyFold(ctx context.Context, f store.Fold) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.errs) > 0 {
		err := s.errs[0]
		s.errs = s.errs[1:]
		return err
	}
	return s.Store.ApplyFold(ctx, f)
}

func TestUnreadableModelStopsFolding(t *testing.T) {
	t.Parallel()
	p := setup(t)
	capture, err := p.store.Capture(t.Context(), p.trace.ProjectID, []string{p.trace.ID})
	must(t, err)
	unreadable := store.Unit{
		CaptureID: capture.ID, Start: store.HourOf(start), Hours: 1, Model: []byte("?"),
		Part: int(apimodel.PartOf(&witness.Witness{Method: "GET", Template: "/b/"})),
	}
	must(t, p.store.ApplyFold(t.Context(), store.Fold{Position: 1, Units: []store.Unit{unreadable}}))
	p.accept(t, p.bundle("x", 1), p.bundle("b", 1))
	logged := make(signals, 10)
	config := p.workerConfig()
	config.Logger = slog.New(slog.NewTextHandler(logged, nil))
	w := run(t, config)
	line := <-logged
	for _, want := range []string{"model of hour 2025-12-01 09:00:00 +0000 UTC of capture 1 cannot be read: ", "restore the data directory"} {
		if !strings.Contains(line, want) {
			t.Errorf("logged %s, want %q", line, want)
		}
	}
	w.Stop()
	if items, _, _ := p.queue.Depth(t.Context()); items == 0 {
		t.Error("the queue released a bundle that is not folded")
	}
	if _, err := ingest.NewModels(ingest.ModelsConfig{Store: p.store}).Endpoints(t.Context(), ingest.Scope{ProjectID: p.trace.ProjectID}); err == nil {
		t.Error("no error for an unreadable model")
	}
}

// signals is a writer that sends each line to a channel.
type signals chan string

func (s signals) Write(p []byte) (int, error) {
	s <- string(p)
	return len(p), nil
}

func TestWorkerLifecycle(t *testing.T) {
	t.Parallel()
	p := setup(t)
	unstarted := ingest.NewWorker(p.workerConfig())
	unstarted.Stop()
	unstarted.Stop()
	if unstarted.Start(t.Context()) == nil {
		t.Error("started after Stop")
	}

	w := ingest.NewWorker(p.workerConfig())
	must(t, w.Start(t.Context()))
	if w.Start(t.Context()) == nil {
		t.Error("started twice")
	}
	w.Stop()
	w.Stop()

	must(t, p.store.Close())
	if err := ingest.NewWorker(p.workerConfig()).Start(t.Context()); err == nil {
		t.Error("started with a closed store")
	}
}
