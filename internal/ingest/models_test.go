package ingest_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

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
	models := ingest.NewModels(p.store)
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
	models := ingest.NewModels(counting)
	get := func() *endpoints.Set {
		t.Helper()
		api, err := models.Endpoints(t.Context(), p.trace.ProjectID, "")
		must(t, err)
		return api
	}
	first := get()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if api, err := models.Endpoints(t.Context(), p.trace.ProjectID, ""); api != first || err != nil {
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

// counting counts the reads of models.
type counting struct {
	store.Store
	reads atomic.Int64
}

func (c *counting) Model(ctx context.Context, traceID string) (store.TraceModel, error) {
	c.reads.Add(1)
	return c.Store.Model(ctx, traceID)
}

func TestEndpointsWithFailingStore(t *testing.T) {
	t.Parallel()
	p := setup(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ingest.NewModels(p.store).Endpoints(ctx, p.trace.ProjectID, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	must(t, p.store.Close())
	if _, err := ingest.NewModels(p.store).Endpoints(t.Context(), p.trace.ProjectID, ""); err == nil {
		t.Error("no error from a closed store")
	}
}

func TestPanicOfInferenceIsAnError(t *testing.T) {
	t.Parallel()
	p := setup(t)
	w := run(t, p.workerConfig())
	p.accept(t, p.bundle("a", 1))
	w.waitFor(1)
	models := ingest.NewModels(&panicking{Store: p.store})
	for _, traceID := range []string{"", p.trace.ID} {
		_, err := models.Endpoints(t.Context(), p.trace.ProjectID, traceID)
		if err == nil || !strings.Contains(err.Error(), "panic: odd model") {
			t.Errorf("model of %q: got %v, want the panic", traceID, err)
		}
	}
	if _, err := models.Endpoints(t.Context(), p.trace.ProjectID, ""); err == nil {
		t.Error("the second call returned no error")
	}
}

// panicking is a store that panics when a model is read.
type panicking struct{ store.Store }

func (p *panicking) Model(context.Context, string) (store.TraceModel, error) {
	panic("odd model")
}

func TestCacheWeights(t *testing.T) {
	t.Parallel()
	p := setup(t)
	second, err := p.ensureTrace(t.Context(), "demo", "second")
	must(t, err)
	w := run(t, p.workerConfig())
	models := ingest.NewModels(p.store)
	a, b := p.bundle("a", 1), p.bundle("b", 1)
	b.TraceID = second.ID
	for i, bundle := range []ingest.Bundle{a, b} {
		p.accept(t, bundle)
		w.waitFor(int64(i + 1))
		_, err := models.Endpoints(t.Context(), p.trace.ProjectID, "") // the second time, the first trace is idle
		must(t, err)
	}
	sizeOf := func(trace store.Trace) int64 {
		m, err := p.store.Model(t.Context(), trace.ID)
		must(t, err)
		return ingest.HeapBytes(m.Model)
	}
	inferred, idle := models.Weights()
	if first := sizeOf(p.trace); idle < first || idle >= first+sizeOf(second) || inferred < first+sizeOf(second) {
		t.Errorf("weights are %d inferred, %d idle; the traces weigh %d and %d", inferred, idle, first, sizeOf(second))
	}
}
