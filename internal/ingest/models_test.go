package ingest_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"akita/internal/endpoints"
	"akita/internal/ingest"
	"akita/internal/store"
)

func TestEndpoints(t *testing.T) {
	t.Parallel()
	p := setup(t)
	second, err := p.ensureTrace(t.Context(), "demo", "second")
	must(t, err)
	elsewhere, err := p.ensureTrace(t.Context(), "other", "third")
	must(t, err)
	w := run(t, p.workerConfig())
	send := func(trace store.Trace, name string, n int) {
		t.Helper()
		b := p.bundle(trace.Name+name, n)
		b.Body, b.ProjectID, b.TraceID, b.ContentEncoding = p.bundle(name, n).Body, trace.ProjectID, trace.ID, "zstd"
		folded := w.Stats().Bundles
		p.accept(t, b)
		w.waitFor(folded + 1)
	}
	models := ingest.NewModels(ingest.ModelsConfig{Store: p.store})
	check := func(projectID, traceID string, want map[string]int) {
		t.Helper()
		got, err := counts(t.Context(), models, projectID, traceID)
		must(t, err)
		if !maps.Equal(got, want) {
			t.Errorf("the model of %q, %q has %v, want %v", projectID, traceID, got, want)
		}
	}
	demo, other := p.trace.ProjectID, elsewhere.ProjectID

	check(demo, "", map[string]int{})
	check(demo, p.trace.ID, map[string]int{})
	send(p.trace, "a", 1)
	check(demo, "", map[string]int{"a": 1})
	check(demo, p.trace.ID, map[string]int{"a": 1})
	check(demo, second.ID, map[string]int{})
	send(second, "a", 2)
	send(second, "b", 4)
	send(elsewhere, "c", 8)
	check(demo, "", map[string]int{"a": 3, "b": 4})
	check(demo, p.trace.ID, map[string]int{"a": 1})
	check(demo, second.ID, map[string]int{"a": 2, "b": 4})
	check(other, "", map[string]int{"c": 8})
	check(other, second.ID, map[string]int{}) // a trace of another project
	check("svc_unknown", "", map[string]int{})
}

func TestEndpointsAreInferredOnce(t *testing.T) {
	t.Parallel()
	p := setup(t)
	w := run(t, p.workerConfig())
	p.accept(t, p.bundle("a", 1))
	w.waitFor(1)
	counting := &counting{Store: p.store}
	models := ingest.NewModels(ingest.ModelsConfig{Store: counting})
	get := func() *endpoints.Set {
		t.Helper()
		api, err := models.Endpoints(t.Context(), ingest.Scope{ProjectID: p.trace.ProjectID})
		must(t, err)
		return api
	}
	first := get()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if api, err := models.Endpoints(t.Context(), ingest.Scope{ProjectID: p.trace.ProjectID}); api != first || err != nil {
				t.Errorf("inferred again: %v", err)
			}
		})
	}
	wg.Wait()
	if n := counting.reads.Load(); n != 1 {
		t.Errorf("the model was read %d times, want once", n)
	}
	p.accept(t, p.bundle("b", 1))
	w.waitFor(2)
	if get() == first || counting.reads.Load() != 2 {
		t.Error("the endpoints are out of date")
	}
}

// counting counts the reads of units.
type counting struct {
	store.Store
	reads atomic.Int64
}

func (c *counting) Units(ctx context.Context, of store.Units) ([]store.Unit, error) {
	c.reads.Add(1)
	return c.Store.Units(ctx, of)
}

// slow is a store whose units are read when released is closed.
type slow struct {
	store.Store
	reading  chan struct{} // gets a value when somebody begins to read
	released chan struct{}
}

func (s *slow) Units(ctx context.Context, of store.Units) ([]store.Unit, error) {
	s.reading <- struct{}{}
	<-s.released
	return s.Store.Units(ctx, of)
}

// While an update takes long, Recent returns what was there before, unless that is too old, or something
// was deleted. When the update is made, this is told once.
func TestRecent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		later   time.Duration // between the first and the second view
		deletes bool
		stale   bool // whether the second view may be the first one
	}{
		"at once":          {0, false, true},
		"in time":          {ingest.MaxAge, false, true},
		"too late":         {ingest.MaxAge + time.Millisecond, false, false},
		"after a deletion": {0, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := setup(t)
			w := run(t, p.workerConfig())
			p.accept(t, p.bundle("a", 1))
			w.waitFor(1)
			s := &slow{Store: p.store, reading: make(chan struct{}, 10), released: make(chan struct{})}
			close(s.released)
			now, told := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), make(chan string, 10)
			models := ingest.NewModels(ingest.ModelsConfig{
				Store: s, Now: func() time.Time { return now }, OnUpdate: func(id string) { told <- id },
			})
			of := ingest.Scope{ProjectID: p.trace.ProjectID}
			first, version, err := models.Recent(t.Context(), of, 0)
			must(t, err)

			p.accept(t, p.bundle("b", 1))
			w.waitFor(2)
			if c.deletes {
				second, err := p.ensureTrace(t.Context(), "demo", "second")
				must(t, err)
				must(t, w.DeleteTrace(t.Context(), second.ProjectID, second.ID))
			}
			now = now.Add(c.later)
			s.released, s.reading = make(chan struct{}), make(chan struct{}, 10)
			if c.stale {
				set, sameVersion, err := models.Recent(t.Context(), of, 0)
				must(t, err)
				if set != first || sameVersion != version {
					t.Errorf("got version %s while version %s is updated", sameVersion, version)
				}
				close(s.released)
				if id := <-told; id != of.ProjectID {
					t.Errorf("project %s was updated", id)
				}
			} else {
				go func() {
					<-s.reading
					close(s.released)
				}()
			}
			set, newVersion, err := models.Recent(t.Context(), of, time.Hour)
			must(t, err)
			if set == first || newVersion == version || set.Witnesses() != 2 {
				t.Errorf("the update was not waited for: %d witnesses", set.Witnesses())
			}
			if len(told) > 0 {
				t.Error("an update was told twice")
			}
		})
	}
}

func TestEndpointsWithFailingStore(t *testing.T) {
	t.Parallel()
	p := setup(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ingest.NewModels(ingest.ModelsConfig{Store: p.store}).Endpoints(ctx, ingest.Scope{ProjectID: p.trace.ProjectID}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	must(t, p.store.Close())
	if _, err := ingest.NewModels(ingest.ModelsConfig{Store: p.store}).Endpoints(t.Context(), ingest.Scope{ProjectID: p.trace.ProjectID}); err == nil {
		t.Error("no error from a closed store")
	}
}

func TestPanicOfInferenceIsAnError(t *testing.T) {
	t.Parallel()
	p := setup(t)
	w := run(t, p.workerConfig())
	p.accept(t, p.bundle("a", 1))
	w.waitFor(1)
	models := ingest.NewModels(ingest.ModelsConfig{Store: &panicking{Store: p.store}})
	for _, traceID := range []string{"", p.trace.ID} {
		_, err := models.Endpoints(t.Context(), ingest.Scope{ProjectID: p.trace.ProjectID, TraceID: traceID})
		if err == nil || !strings.Contains(err.Error(), "panic: odd model") {
			t.Errorf("model of %q: got %v, want the panic", traceID, err)
		}
	}
	if _, err := models.Endpoints(t.Context(), ingest.Scope{ProjectID: p.trace.ProjectID}); err == nil {
		t.Error("the second call returned no error")
	}
}

// panicking is a store that panics when units are read.
type panicking struct{ store.Store }

func (p *panicking) Units(context.Context, store.Units) ([]store.Unit, error) {
	panic("odd model")
}

func TestProjectIsDeletedWhileItsModelIsRead(t *testing.T) {
	t.Parallel()
	p := setup(t)
	w, _, _ := unstarted(p)
	p.accept(t, p.bundle("a", 1))
	foldAll(t, w)
	models := ingest.NewModels(ingest.ModelsConfig{Store: &deleting{Store: p.store}})
	got, err := counts(t.Context(), models, p.trace.ProjectID, "")
	if len(got) != 0 || err != nil {
		t.Errorf("the model has %v, %v; want nothing", got, err)
	}
}

// deleting is a store whose project is deleted before its units are read.
type deleting struct{ store.Store }

func (d *deleting) Units(ctx context.Context, of store.Units) ([]store.Unit, error) {
	if err := d.DeleteProject(ctx, of.ProjectID, time.Now()); err != nil {
		return nil, err
	}
	return d.Store.Units(ctx, of)
}
