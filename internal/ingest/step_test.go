package ingest_test

import (
	"errors"
	"log/slog"
	"maps"
	"os"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/ingest"
	"akita/internal/store"
)

// has reports whether a model has the endpoint /name/.
func has(m *apimodel.Model, name string) bool {
	for _, e := range endpoints.Infer(m).Overview(endpoints.Filter{}).Endpoints {
		if e.Path == "/"+name+"/" {
			return true
		}
	}
	return false
}

// unstarted returns a Worker that is not started, its settings and its log.
func unstarted(p *parts) (*ingest.Worker, ingest.WorkerConfig, *strings.Builder) {
	log := &strings.Builder{}
	config := p.workerConfig()
	config.Logger = slog.New(slog.NewTextHandler(log, nil))
	return ingest.NewWorker(config), config, log
}

// foldAll executes steps until the queue is empty.
func foldAll(t *testing.T, w *ingest.Worker) {
	t.Helper()
	for {
		n, err := w.Step(t.Context())
		must(t, err)
		if n == 0 {
			return
		}
	}
}

func (p *parts) wantTrace(t *testing.T, trace store.Trace, want map[string]int) {
	t.Helper()
	got, err := counts(t.Context(), ingest.NewModels(ingest.ModelsConfig{Store: p.store}), trace.ProjectID, trace.ID)
	must(t, err)
	if !maps.Equal(got, want) {
		t.Errorf("trace %s has %v, want %v", trace.Name, got, want)
	}
}

func TestFailureToEncodeAModelAffectsNoOther(t *testing.T) {
	t.Parallel()
	p := setup(t)
	other, err := p.ensureTrace(t.Context(), "other", "healthy")
	must(t, err)
	healthy := func(name string, n int) ingest.Bundle {
		b := p.bundle(name, n)
		b.ProjectID, b.TraceID = other.ProjectID, other.ID
		return b
	}
	w, config, log := unstarted(p)
	w.OnEncode(func(m *apimodel.Model) error {
		if has(m, "poison") {
			return errors.New("it is too deep")
		}
		return nil
	})
	p.accept(t, p.bundle("before", 1), healthy("a", 1))
	foldAll(t, w)
	p.accept(t, p.bundle("with", 1), healthy("b", 2), p.bundle("poison", 1)) // one step
	foldAll(t, w)
	p.accept(t, p.bundle("after", 1))
	foldAll(t, w)

	p.wantTrace(t, p.trace, map[string]int{"before": 1, "with": 1, "after": 1})
	p.wantTrace(t, other, map[string]int{"a": 1, "b": 2})
	if got := w.Stats(); got.Bundles != 5 || got.Witnesses != 6 || got.Quarantined != 1 {
		t.Errorf("stats are %+v", got)
	}
	if strings.Count(log.String(), "level=ERROR") != 1 || strings.Count(log.String(), "it is too deep") != 1 {
		t.Errorf("want one error with the reason, got:\n%s", log)
	}
	if files, err := os.ReadDir(config.QuarantineDir); len(files) != 1 {
		t.Errorf("%d files in quarantine, %v; want 1", len(files), err)
	}
}

func TestPanicOfMergeRejectsOneBundle(t *testing.T) {
	t.Parallel()
	p := setup(t)
	w, config, log := unstarted(p)
	w.OnMerge(func(m *apimodel.Model) {
		if has(m, "poison") {
			panic("half merged")
		}
	})
	p.accept(t, p.bundle("stored", 1))
	foldAll(t, w)
	p.accept(t, p.bundle("a", 2), p.bundle("b", 1), p.bundle("poison", 1), p.bundle("c", 1)) // one step
	foldAll(t, w)

	p.wantTrace(t, p.trace, map[string]int{"stored": 1, "a": 2, "b": 1, "c": 1})
	if got := w.Stats(); got.Bundles != 4 || got.Witnesses != 5 || got.Quarantined != 1 || got.Steps != 2 {
		t.Errorf("stats are %+v", got)
	}
	if strings.Count(log.String(), "level=ERROR") != 1 || !strings.Contains(log.String(), "panic: half merged") {
		t.Errorf("want one error with the reason, got:\n%s", log)
	}
	if files, err := os.ReadDir(config.QuarantineDir); len(files) != 1 {
		t.Errorf("%d files in quarantine, %v; want 1", len(files), err)
	}
}
