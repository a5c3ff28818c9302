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

func TestModels(t *testing.T) {
	t.Parallel()
	p := setup(t)
	second, err := p.ensureTrace(t.Context(), "demo", "second")
	must(t, err)
	elsewhere, err := p.ensureTrace(t.Context(), "other", "third")
	must(t, err)
	f := run(t, p.folder())
	send := func(trace store.Trace, name string, n int) {
		t.Helper()
		b := p.bundle(trace.Name+name, n)
		b.Body, b.ProjectID, b.TraceID, b.ContentEncoding = p.bundle(name, n).Body, trace.ProjectID, trace.ID, "zstd"
		folded := f.Stats().Bundles
		p.accept(t, b)
		f.waitFor(folded + 1)
	}
	models := ingest.NewModels(p.store)
	check := func(projectID, traceID string, want map[string]int) {
		t.Helper()
		got, err := counts(t.Context(), models, projectID, traceID)
		must(t, err)
		if !maps.Equal(got, want) {
			t.Errorf("model of %q, %q has %v, want %v", projectID, traceID, got, want)
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

func TestModelsAreInferredOnce(t *testing.T) {
	t.Parallel()
	p := setup(t)
	f := run(t, p.folder())
	p.accept(t, p.bundle("a", 1))
	f.waitFor(1)
	counting := &counting{Store: p.store}
	models := ingest.NewModels(counting)
	get := func() *endpoints.Set {
		t.Helper()
		api, err := models.Model(t.Context(), p.trace.ProjectID, "")
		must(t, err)
		return api
	}
	first := get()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if api, err := models.Model(t.Context(), p.trace.ProjectID, ""); api != first || err != nil {
				t.Errorf("inferred again: %v", err)
			}
		})
	}
	wg.Wait()
	if n := counting.reads.Load(); n != 1 {
		t.Errorf("the model was read %d times, want once", n)
	}
	p.accept(t, p.bundle("b", 1))
	f.waitFor(2)
	if get() == first || counting.reads.Load() != 2 {
		t.Error("the model is out of date")
	}
}

// counting counts how often models are read.
type counting struct {
	store.Store
	reads atomic.Int64
}

func (c *counting) Model(ctx context.Context, traceID string) (store.TraceModel, error) {
	c.reads.Add(1)
	return c.Store.Model(ctx, traceID)
}

func TestModelsWithoutAStore(t *testing.T) {
	t.Parallel()
	p := setup(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ingest.NewModels(p.store).Model(ctx, p.trace.ProjectID, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	must(t, p.store.Close())
	if _, err := ingest.NewModels(p.store).Model(t.Context(), p.trace.ProjectID, ""); err == nil {
		t.Error("read from a closed store")
	}
}

func TestPanicOfInferenceIsAnError(t *testing.T) {
	t.Parallel()
	p := setup(t)
	f := run(t, p.folder())
	p.accept(t, p.bundle("a", 1))
	f.waitFor(1)
	models := ingest.NewModels(&panicking{Store: p.store})
	for _, traceID := range []string{"", p.trace.ID} {
		_, err := models.Model(t.Context(), p.trace.ProjectID, traceID)
		if err == nil || !strings.Contains(err.Error(), "panic: what is stored is odd") {
			t.Errorf("model of %q: got %v, want the panic", traceID, err)
		}
	}
	if _, err := models.Model(t.Context(), p.trace.ProjectID, ""); err == nil {
		t.Error("the panic was forgotten")
	}
}

// panicking is a store whose models make the reader panic.
type panicking struct{ store.Store }

func (p *panicking) Model(context.Context, string) (store.TraceModel, error) {
	panic("what is stored is odd")
}

func TestModelsAreKeptByTheirSize(t *testing.T) {
	t.Parallel()
	p := setup(t)
	second, err := p.ensureTrace(t.Context(), "demo", "second")
	must(t, err)
	f := run(t, p.folder())
	models := ingest.NewModels(p.store)
	a, b := p.bundle("a", 1), p.bundle("b", 1)
	b.TraceID = second.ID
	for i, bundle := range []ingest.Bundle{a, b} {
		p.accept(t, bundle)
		f.waitFor(int64(i + 1))
		_, err := models.Model(t.Context(), p.trace.ProjectID, "") // the second time a settles
		must(t, err)
	}
	sizeOf := func(trace store.Trace) int64 {
		m, err := p.store.Model(t.Context(), trace.ID)
		must(t, err)
		return ingest.HeapBytes(m.Model)
	}
	inferred, settled := models.Weights()
	if first := sizeOf(p.trace); settled < first || settled >= first+sizeOf(second) || inferred < first+sizeOf(second) {
		t.Errorf("inferred models weigh %d, settled ones %d; traces take %d and %d", inferred, settled, first, sizeOf(second))
	}
}
