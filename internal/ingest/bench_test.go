package ingest_test

import (
	"bytes"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"akita/internal/endpoints"
	"akita/internal/id"
	"akita/internal/ingest"
	"akita/internal/shape"
	"akita/internal/witness"
)

// typicalLines encodes n witnesses of an API with the given number of endpoints,
// each with a small JSON response.
func typicalLines(b *testing.B, endpoints, n int) (text []byte) {
	b.Helper()
	for i := range n {
		w := witness.Witness{
			Start: start.Add(time.Duration(i) * time.Second), LatencyMs: float64(i%97) + 0.5,
			Method: "GET", Host: "api.example.org", Template: fmt.Sprintf("/items%d/{id}/", i%endpoints), Status: 200,
			Response: &witness.Body{MediaType: "application/json", Shape: typicalShape(b)},
		}
		line, err := witness.AppendLine(text, &w)
		must(b, err)
		text = line
	}
	return text
}

func typicalShape(b *testing.B) *shape.Shape {
	b.Helper()
	s, err := shape.OfJSON(`{"id": 7, "name": "Ada", "email": "ada@example.org", "created": "2025-12-01T09:00:00Z",
		"owner": {"id": "6f1c2f58-8f3b-4a53-8f0c-0a4c3f1f2b11", "score": 1.5, "active": true},
		"tags": ["a", "b"], "next": null}`, shape.Options{})
	must(b, err)
	return s
}

// BenchmarkFold folds queued bundles of 128 witnesses into the stored model.
func BenchmarkFold(b *testing.B) {
	const perBundle = 128
	for _, endpoints := range []int{20, 200} {
		b.Run(fmt.Sprintf("endpoints=%d", endpoints), func(b *testing.B) {
			p := setup(b)
			payload := compress(typicalLines(b, endpoints, perBundle))
			a := ingest.NewAcceptor(p.queue)
			for range b.N {
				_, _, err := a.Accept(b.Context(), ingest.Bundle{
					ID: id.New(id.Bundle), ProjectID: p.trace.ProjectID, TraceID: p.trace.ID,
					ContentEncoding: "zstd", Body: bytes.NewReader(payload),
				})
				must(b, err)
			}
			b.SetBytes(int64(len(payload)))
			b.ResetTimer()
			run(b, p.workerConfig()).waitFor(int64(b.N))
			b.ReportMetric(perBundle*float64(b.N)/b.Elapsed().Seconds(), "witnesses/s")
		})
	}
}

// BenchmarkAccept checks and appends bundles from concurrent senders.
func BenchmarkAccept(b *testing.B) {
	const perBundle = 128
	p := setup(b)
	payload := compress(typicalLines(b, 20, perBundle))
	a := ingest.NewAcceptor(p.queue)
	var accepted atomic.Int64
	b.SetBytes(int64(len(payload)))
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			_, _, err := a.Accept(b.Context(), ingest.Bundle{
				ID: id.New(id.Bundle), ProjectID: p.trace.ProjectID, TraceID: p.trace.ID,
				ContentEncoding: "zstd", Body: bytes.NewReader(payload),
			})
			if err != nil {
				b.Error(err)
			}
			accepted.Add(1)
		}
	})
	b.ReportMetric(perBundle*float64(accepted.Load())/b.Elapsed().Seconds(), "witnesses/s")
}

// BenchmarkVisible accepts one bundle at a time and waits until the model has it.
func BenchmarkVisible(b *testing.B) {
	p := setup(b)
	w := run(b, p.workerConfig())
	a := ingest.NewAcceptor(p.queue)
	models := ingest.NewModels(ingest.ModelsConfig{Store: p.store})
	for n := range b.N {
		bundle := p.bundle("a", 1)
		bundle.ID = id.New(id.Bundle)
		_, _, err := a.Accept(b.Context(), bundle)
		must(b, err)
		w.waitFor(int64(n + 1))
		_, err = models.Endpoints(b.Context(), ingest.Scope{ProjectID: p.trace.ProjectID})
		must(b, err)
	}
}

// BenchmarkEndpoints infers the endpoints of a project while one of its traces
// grows, by the number of traces.
func BenchmarkEndpoints(b *testing.B) {
	for _, traces := range []int{1, 10, 50} {
		b.Run(fmt.Sprintf("traces=%d", traces), func(b *testing.B) {
			p := setup(b)
			w := run(b, p.workerConfig())
			models := ingest.NewModels(ingest.ModelsConfig{Store: p.store})
			folded := int64(0)
			fold := func(n int) {
				trace, err := p.ensureTrace(b.Context(), "demo", fmt.Sprint("trace-", n))
				must(b, err)
				p.accept(b, ingest.Bundle{
					ID: id.New(id.Bundle), ProjectID: trace.ProjectID, TraceID: trace.ID,
					Body: bytes.NewReader(typicalLines(b, 50, 500)),
				})
				folded++
				w.waitFor(folded)
			}
			for n := range traces {
				fold(n)
			}
			read := func() {
				_, err := models.Endpoints(b.Context(), ingest.Scope{ProjectID: p.trace.ProjectID})
				must(b, err)
			}
			read()
			b.ResetTimer()
			for range b.N {
				b.StopTimer()
				fold(0)
				b.StartTimer()
				read()
			}
		})
	}
}

// BenchmarkView makes what GET model answers with, for an API of 5,000 endpoints, after a step that
// changed 200 of them.
func BenchmarkView(b *testing.B) {
	const endpointsOfAPI, changed = 5000, 200
	p := setup(b)
	w := run(b, p.workerConfig())
	models := ingest.NewModels(ingest.ModelsConfig{Store: p.store})
	folded := int64(0)
	fold := func(lines []byte) {
		p.accept(b, ingest.Bundle{
			ID: id.New(id.Bundle), ProjectID: p.trace.ProjectID, TraceID: p.trace.ID, Body: bytes.NewReader(lines),
		})
		folded++
		w.waitFor(folded)
	}
	read := func() {
		set, err := models.Endpoints(b.Context(), ingest.Scope{ProjectID: p.trace.ProjectID})
		must(b, err)
		if got := len(set.Overview(endpoints.Filter{}).Endpoints); got != endpointsOfAPI {
			b.Fatalf("%d endpoints, want %d", got, endpointsOfAPI)
		}
	}
	fold(typicalLines(b, endpointsOfAPI, endpointsOfAPI))
	lines := typicalLines(b, endpointsOfAPI, changed)
	read()
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		b.StopTimer()
		fold(lines)
		b.StartTimer()
		read()
	}
}
