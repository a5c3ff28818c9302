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

	"akita/internal/id"
	"akita/internal/ingest"
	"akita/internal/queue"
	"akita/internal/queue/sqlitequeue"
	"akita/internal/store"
)

// running is a started Folder whose steps a test can wait for.
type running struct {
	*ingest.Folder
	t      testing.TB
	folded chan string // project ids, as OnFold gets them
}

func run(t testing.TB, c ingest.FolderConfig) *running {
	t.Helper()
	r := &running{t: t, folded: make(chan string, 1000)}
	c.OnFold = func(projectID string) { r.folded <- projectID }
	r.Folder = ingest.NewFolder(c)
	must(t, r.Start(t.Context()))
	t.Cleanup(r.Stop)
	return r
}

// waitFor waits until so many bundles are dealt with.
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
	got, err := counts(t.Context(), ingest.NewModels(p.store), p.trace.ProjectID, p.trace.ID)
	must(t, err)
	if !maps.Equal(got, want) {
		t.Errorf("the model has %v, want %v", got, want)
	}
}

func TestFolding(t *testing.T) {
	t.Parallel()
	p := setup(t)
	p.accept(t, p.bundle("before-start", 2))
	f := run(t, p.folder())
	if project := <-f.folded; project != p.trace.ProjectID {
		t.Errorf("told of project %s, want %s", project, p.trace.ProjectID)
	}
	p.accept(t, p.bundle("a", 3), p.bundle("a", 3), p.bundle("b", 1)) // the second is the first, again
	f.waitFor(3)
	p.wantCounts(t, map[string]int{"before-start": 2, "a": 3, "b": 1})

	f.Stop()
	trace, err := p.store.Trace(t.Context(), p.trace.ProjectID, p.trace.ID)
	must(t, err)
	if trace.Witnesses != 6 {
		t.Errorf("the trace counts %d witnesses, want 6", trace.Witnesses)
	}
	if got := f.Stats(); got.Bundles != 3 || got.Witnesses != 6 || got.Quarantined != 0 || got.Steps < 2 {
		t.Errorf("stats are %+v", got)
	}
	run(t, p.folder()).Stop() // lets go of what f was stopped before it could
	if items, bytes, _ := p.queue.Depth(t.Context()); items != 0 || bytes != 0 {
		t.Errorf("the queue still holds %d items, %d bytes", items, bytes)
	}
}

func TestWhatIsQueuedIsFoldedInOneStep(t *testing.T) {
	t.Parallel()
	p := setup(t)
	for _, name := range []string{"a", "b", "c", "d"} {
		p.accept(t, p.bundle(name, 1))
	}
	f := run(t, p.folder())
	f.waitFor(4)
	if got := f.Stats().Steps; got != 1 {
		t.Errorf("%d steps, want 1", got)
	}
}

func TestFolderGoesOnWhereTheLastStopped(t *testing.T) {
	t.Parallel()
	p := setup(t)
	for _, name := range []string{"a", "b", "a2"} {
		f := run(t, p.folder())
		p.accept(t, p.bundle(name, 2))
		f.waitFor(1)
		f.Stop()
	}
	p.wantCounts(t, map[string]int{"a": 2, "b": 2, "a2": 2})
}

func TestTracesBeyondTheCache(t *testing.T) {
	t.Parallel()
	p := setup(t)
	c := p.folder()
	c.CacheBytes = 1 // keeps only the last
	f := run(t, c)
	other, err := p.ensureTrace(t.Context(), "demo", "other")
	must(t, err)
	folded := int64(0)
	for _, name := range []string{"a", "b", "c"} {
		for _, trace := range []store.Trace{p.trace, other} {
			b := p.bundle(name+trace.Name, 1)
			b.TraceID = trace.ID
			p.accept(t, b)
			folded++
			f.waitFor(folded)
		}
	}
	for _, trace := range []store.Trace{p.trace, other} {
		m, err := p.store.Model(t.Context(), trace.ID)
		must(t, err)
		if m.Witnesses != 3 {
			t.Errorf("trace %s has %d witnesses, want 3", trace.Name, m.Witnesses)
		}
	}
}

func TestWhatCannotBeFoldedIsQuarantined(t *testing.T) {
	t.Parallel()
	frame := compress(lines("bad", 1))
	sumOf := func(change func(*queue.Item)) queue.Item {
		i := queue.Item{BundleID: "bdl_bad", Witnesses: 1, Payload: frame}
		change(&i)
		return i
	}
	for name, c := range map[string]struct {
		item   queue.Item
		damage bool // after it was queued
		reason string
	}{
		"a flipped bit":       {sumOf(func(*queue.Item) {}), true, "checksum is "},
		"no zstd":             {sumOf(func(i *queue.Item) { i.Payload = []byte("what") }), false, "malformed bundle"},
		"a bad second line":   {sumOf(func(i *queue.Item) { i.Payload = compress(append(lines("bad", 1), "{}\n"...)) }), false, "line 2"},
		"another count":       {sumOf(func(i *queue.Item) { i.Witnesses = 2 }), false, "it holds 1 witnesses, want 2"},
		"an unknown trace":    {sumOf(func(i *queue.Item) { i.TraceID = id.New(id.Trace) }), false, "is not known"},
		"of another project":  {sumOf(func(i *queue.Item) { i.ProjectID = id.New(id.Project) }), false, "is not known"},
		"an id that is a way": {sumOf(func(i *queue.Item) { i.BundleID = "../../x"; i.Payload = nil }), false, "holds 0 witnesses"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := setup(t)
			bad := c.item
			if bad.TraceID == "" {
				bad.TraceID = p.trace.ID
			}
			if bad.ProjectID == "" {
				bad.ProjectID = p.trace.ProjectID
			}
			p.accept(t, p.bundle("before", 1))
			_, err := p.queue.Append(t.Context(), bad)
			must(t, err)
			p.accept(t, p.bundle("after", 1))

			config, log := p.folder(), &strings.Builder{}
			config.Logger = slog.New(slog.NewTextHandler(log, nil))
			if c.damage {
				config.Queue = damaging{p.queue, bad.BundleID}
			}
			f := run(t, config)
			f.waitFor(2)
			f.Stop()

			p.wantCounts(t, map[string]int{"before": 1, "after": 1})
			if got := f.Stats().Quarantined; got != 1 {
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
				t.Errorf("%s has %q, want the frame", files[0].Name(), got)
			}
		})
	}
}

// damaging is a queue whose disk flips a bit of a bundle.
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

func TestTroubleIsLoggedOnceAndWaitedOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // the pauses take no time
		p := setup(t)
		full, busy := errors.New("disk is full"), errors.New("database is locked")
		log := &strings.Builder{}
		config := p.folder()
		config.Logger = slog.New(slog.NewTextHandler(log, nil))
		config.Store = &failing{Store: p.store, errs: []error{full, full, busy, full, busy, busy}}
		f := run(t, config)
		began := time.Now()
		p.accept(t, p.bundle("a", 3))
		f.waitFor(1)
		waited := time.Since(began)
		synctest.Wait() // until the folder rests
		f.Stop()

		p.wantCounts(t, map[string]int{"a": 3})
		for text, want := range map[string]int{full.Error(): 1, busy.Error(): 1, "Folding goes on": 1, "level=ERROR": 2} {
			if got := strings.Count(log.String(), text); got != want {
				t.Errorf("%q stands %d times in the log, want %d:\n%s", text, got, want, log)
			}
		}
		// 50 + 100 + … + 1600 ms, each between half and one and a half.
		if waited < 1575*time.Millisecond || waited > 4725*time.Millisecond {
			t.Errorf("waited %s in six pauses", waited)
		}
	})
}

// failing is a store whose first folds fail.
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

func TestUnreadableModelHoldsFoldingUp(t *testing.T) {
	t.Parallel()
	p := setup(t)
	must(t, p.store.ApplyFold(t.Context(), store.Fold{Position: 1, Models: []store.TraceModel{{TraceID: p.trace.ID, Witnesses: 1, Model: []byte("?")}}}))
	p.accept(t, p.bundle("b", 1), p.bundle("a", 1))
	logged := make(signals, 10)
	config := p.folder()
	config.Logger = slog.New(slog.NewTextHandler(logged, nil))
	f := run(t, config)
	line := <-logged
	if want := "model of " + p.trace.ID + " cannot be read: "; !strings.Contains(line, want) || !strings.Contains(line, "restore the data directory") {
		t.Errorf("logged %s, want %s", line, want)
	}
	f.Stop()
	if items, _, _ := p.queue.Depth(t.Context()); items == 0 {
		t.Error("the queue has let go of a bundle that is not folded")
	}
	if _, err := ingest.NewModels(p.store).Model(t.Context(), p.trace.ProjectID, ""); err == nil {
		t.Error("the model is read all the same")
	}
}

// signals is a writer that passes each line on.
type signals chan string

func (s signals) Write(p []byte) (int, error) {
	s <- string(p)
	return len(p), nil
}

func TestFolderLifecycle(t *testing.T) {
	t.Parallel()
	p := setup(t)
	unstarted := ingest.NewFolder(p.folder())
	unstarted.Stop()
	unstarted.Stop()
	if unstarted.Start(t.Context()) == nil {
		t.Error("started after Stop")
	}

	f := ingest.NewFolder(p.folder())
	must(t, f.Start(t.Context()))
	if f.Start(t.Context()) == nil {
		t.Error("started twice")
	}
	f.Stop()
	f.Stop()

	must(t, p.store.Close())
	if err := ingest.NewFolder(p.folder()).Start(t.Context()); err == nil {
		t.Error("started without a store")
	}
}
