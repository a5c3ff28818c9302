// Package preview stands in the place of the server while somebody looks at what a
// daemon would upload: a trace is on in whatever project a middleware names, and bundles
// are written out.
package preview

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"akita/internal/agent/cloud"
	"akita/internal/id"
)

// TraceName is the name of the pretended trace in every project.
const TraceName = "preview"

// traceLength is longer than anybody looks on.
const traceLength = 30 * 24 * time.Hour

// maxBundleBytes bounds a bundle when it is decompressed.
const maxBundleBytes = 64 << 20

// Preview answers a daemon as a server would, and writes the bundles to out: one witness
// a line, decompressed and otherwise byte for byte as it would travel. Its methods are safe
// for concurrent use.
type Preview struct {
	end     time.Time
	decoder *zstd.Decoder
	failed  func(error)

	mu     sync.Mutex
	out    io.Writer
	traces map[string]cloud.Traces // by folded name of the project
}

// New returns a preview that writes to out, whole lines at a time. failed is called when that
// is no longer possible.
func New(out io.Writer, now time.Time, failed func(error)) (*Preview, error) {
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBundleBytes))
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	return &Preview{end: now.Add(traceLength).UTC(), decoder: decoder, failed: failed, out: out, traces: make(map[string]cloud.Traces)}, nil
}

// Introduce does nothing: nobody is there.
func (p *Preview) Introduce(context.Context) error { return nil }

// Heartbeat does nothing: nobody is there.
func (p *Preview) Heartbeat(context.Context, []cloud.ConnectedClient) (time.Duration, error) {
	return 0, nil
}

// Health says that nothing was asked of any server.
func (p *Preview) Health() cloud.Health { return cloud.Health{State: cloud.Unknown} }

// PollTraces says that a trace is on, at once where the daemon does not know yet, and
// else after wait.
func (p *Preview) PollTraces(ctx context.Context, project string, active []string, wait time.Duration) (cloud.Traces, error) {
	answer := p.tracesOf(project)
	if wait == 0 || len(active) != 1 || active[0] != answer.Traces[0].ID {
		return answer, nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return answer, nil
	case <-ctx.Done():
		return cloud.Traces{}, ctx.Err()
	}
}

func (p *Preview) tracesOf(project string) cloud.Traces {
	p.mu.Lock()
	defer p.mu.Unlock()
	folded := strings.ToLower(project)
	answer, ok := p.traces[folded]
	if !ok {
		answer = cloud.Traces{
			ProjectID: id.New(id.Project), ProjectName: project,
			Traces: []cloud.ActiveTrace{{ID: id.New(id.Trace), Name: TraceName, End: p.end}},
		}
		p.traces[folded] = answer
	}
	return answer
}

// PutBundle writes the witnesses of a bundle out.
func (p *Preview) PutBundle(_ context.Context, _, _, bundle string, payload []byte) error {
	lines, err := p.decoder.DecodeAll(payload, nil)
	if err != nil {
		return fmt.Errorf("preview of %s: %w", bundle, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for line := range bytes.Lines(lines) {
		if _, err := p.out.Write(line); err != nil {
			p.failed(fmt.Errorf("write the preview: %w", err))
			return err
		}
	}
	return nil
}

// Close frees what decompressing took.
func (p *Preview) Close() { p.decoder.Close() }
