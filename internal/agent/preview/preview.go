// Package preview replaces the server for a user who wants to see what a daemon would
// upload: a trace is on in every project, and bundles are written out.
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

// TraceName is the name of the trace that is on in every project.
const TraceName = "preview"

// traceLength is longer than any preview.
const traceLength = 30 * 24 * time.Hour

// maxBundleBytes bounds a decompressed bundle.
const maxBundleBytes = 64 << 20

// Preview answers a daemon as a server would, and writes the bundles to out: decompressed,
// one witness a line, otherwise byte for byte as they would be sent. Its methods are safe
// for concurrent use.
type Preview struct {
	end     time.Time
	decoder *zstd.Decoder
	failed  func(error)

	mu     sync.Mutex
	out    io.Writer
	traces map[string]cloud.Traces // by the project's name in lower case
}

// New returns a preview that writes whole lines to out. failed is called with the error of
// a write.
func New(out io.Writer, now time.Time, failed func(error)) (*Preview, error) {
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBundleBytes))
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	return &Preview{
		end:     now.Add(traceLength).UTC(),
		decoder: decoder,
		failed:  failed,
		out:     out,
		traces:  make(map[string]cloud.Traces),
	}, nil
}

// Introduce does nothing, since there is no server.
func (p *Preview) Introduce(context.Context) error { return nil }

// Heartbeat does nothing, since there is no server.
func (p *Preview) Heartbeat(context.Context, []cloud.ConnectedClient) (time.Duration, error) {
	return 0, nil
}

// Health returns an unknown state, since there is no server.
func (p *Preview) Health() cloud.Health { return cloud.Health{State: cloud.Unknown} }

// PollTraces answers that a trace is on: at once if it is not in active, otherwise after
// wait.
func (p *Preview) PollTraces(
	ctx context.Context,
	project string,
	active []string,
	wait time.Duration,
) (cloud.Traces, error) {
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
	key := strings.ToLower(project)
	answer, ok := p.traces[key]
	if !ok {
		answer = cloud.Traces{
			ProjectID: id.New(id.Project), ProjectName: project,
			Traces: []cloud.ActiveTrace{{ID: id.New(id.Trace), Name: TraceName, End: p.end}},
		}
		p.traces[key] = answer
	}
	return answer
}

// PutBundle writes the witnesses of a bundle.
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

// Close frees the decoder.
func (p *Preview) Close() { p.decoder.Close() }
