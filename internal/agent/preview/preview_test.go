package preview_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/klauspost/compress/zstd"

	"akita/internal/agent/cloud"
	"akita/internal/agent/preview"
	"akita/internal/id"
)

func open(t *testing.T, out *strings.Builder) *preview.Preview {
	t.Helper()
	p, err := preview.New(preview.Config{
		Out: out, Daemon: "laptop", Version: "v1", Instance: "i1",
		Started: time.Now(), Failed: func(err error) { t.Error(err) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func TestTraceIsOnInEveryProject(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := open(t, &strings.Builder{})
		ask := func(project string, active []string, wait time.Duration) (cloud.Traces, time.Duration) {
			t.Helper()
			began := time.Now()
			answer, err := p.PollTraces(t.Context(), project, active, wait)
			if err != nil || len(answer.Traces) != 1 || !id.Is(id.Trace, answer.Traces[0].ID) ||
				!id.Is(id.Project, answer.ProjectID) ||
				!answer.Traces[0].End.After(time.Now()) {
				t.Fatalf("%s: %+v, %v", project, answer, err)
			}
			return answer, time.Since(began)
		}
		shop, took := ask("Shop", nil, 50*time.Second)
		if took != 0 {
			t.Errorf("news took %v", took)
		}
		on := []string{shop.Traces[0].ID}
		again, took := ask("shop", on, 50*time.Second)
		if took != 50*time.Second || again.Traces[0].ID != on[0] {
			t.Errorf("no news took %v, the trace is %v", took, again.Traces)
		}
		if blog, _ := ask("blog", nil, 0); blog.Traces[0].ID == on[0] || blog.ProjectID == shop.ProjectID {
			t.Error("two projects share a trace")
		}
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		if _, err := p.PollTraces(ctx, "shop", on, 50*time.Second); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("stopped: %v", err)
		}
	})
}

func TestPreviewPrintsBundlesUnchanged(t *testing.T) {
	t.Parallel()
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	const lines = "{\"method\":\"GET\"}\n{\"method\":\"POST\"}\n"
	var out strings.Builder
	p := open(t, &out)
	bundle := cloud.Bundle{ID: "bdl_1", Payload: encoder.EncodeAll([]byte(lines), nil)}
	if err := p.PutBundle(t.Context(), bundle); err != nil {
		t.Fatal(err)
	}
	if out.String() != lines {
		t.Errorf("printed %q", out.String())
	}
	if err := p.PutBundle(t.Context(), cloud.Bundle{ID: "bdl_2", Payload: []byte("no zstd")}); err == nil ||
		!strings.Contains(err.Error(), "bdl_2") {
		t.Errorf("an invalid bundle: %v", err)
	}
}

func TestPreviewPrintsRoutes(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	p := open(t, &out)
	if err := p.PutRoutes(t.Context(), "shop", time.Now(), []byte(`{"routes":[]}`)); err != nil {
		t.Fatal(err)
	}
	if want := `{"project":"shop","list":{"routes":[]}}` + "\n"; out.String() != want {
		t.Errorf("printed %s, want %s", out.String(), want)
	}
}

func TestPreviewPrintsDocuments(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	p := open(t, &out)
	if err := p.PutDeclaration(t.Context(), "shop", time.Now(), "drf-yasg", []byte(`{"swagger":"2.0"}`)); err != nil {
		t.Fatal(err)
	}
	want := `{"project":"shop","generator":"drf-yasg","document":{"swagger":"2.0"}}` + "\n"
	if out.String() != want {
		t.Errorf("printed %s, want %s", out.String(), want)
	}
}

func TestPreviewPrintsHeartbeats(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	p := open(t, &out)
	seen := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	if _, err := p.Introduce(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"web", "web", "worker"} { // the second differs in the time only
		clients := []cloud.ConnectedClient{{Project: "shop", Name: name, LastSeen: seen.Add(time.Duration(i) * time.Second)}}
		if _, err := p.Heartbeat(t.Context(), clients); err != nil {
			t.Fatal(err)
		}
	}
	const start, end = `{"heartbeat":{"name":"laptop","version":"v1","clients":[`, `]},"instance":"i1"}` + "\n"
	want := start + end +
		start + `{"project":"shop","name":"web","last_seen":"2026-01-02T03:04:05Z"}` + end +
		start + `{"project":"shop","name":"worker","last_seen":"2026-01-02T03:04:07Z"}` + end
	if out.String() != want {
		t.Errorf("printed\n%s\nwant\n%s", out.String(), want)
	}
}
