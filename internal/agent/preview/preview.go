// Package preview replaces the server for a user who wants to see what a daemon would
// upload: a trace is on in every project, and heartbeats and bundles are printed.
package preview

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
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

// Preview responds to a daemon as a server would, and prints what it receives: of bundles one witness
// a line, with all that the sum of them which is sent could hold; heartbeats in objects with the
// member "heartbeat"; and the routes and documents of applications in objects with the member "list" or
// "document". Its methods are safe for concurrent use.
type Preview struct {
	config  Config
	end     time.Time
	decoder *zstd.Decoder

	mu      sync.Mutex
	printed []byte                  // the last heartbeat, without times
	traces  map[string]cloud.Traces // by the project's name in lower case
}

// Config is what a Preview works with.
type Config struct {
	Out                       io.Writer // gets whole lines
	Daemon, Version, Instance string    // as in cloud.Config
	Started                   time.Time
	Failed                    func(error) // is called with the error of a write
}

// New returns a preview.
func New(config Config) (*Preview, error) {
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxBundleBytes))
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	return &Preview{
		config: config, end: config.Started.Add(traceLength).UTC(), decoder: decoder,
		traces: make(map[string]cloud.Traces),
	}, nil
}

// Introduce prints the first heartbeat.
func (p *Preview) Introduce(ctx context.Context) (cloud.HeartbeatAnswer, error) {
	return p.Heartbeat(ctx, []cloud.ConnectedClient{})
}

// Heartbeat prints a heartbeat, unless it differs from the last one in times only.
func (p *Preview) Heartbeat(_ context.Context, clients []cloud.ConnectedClient) (cloud.HeartbeatAnswer, error) {
	untimed := slices.Clone(clients)
	for i := range untimed {
		untimed[i].LastSeen = time.Time{}
	}
	key, err := cloud.EncodeHeartbeat(p.config.Daemon, p.config.Version, untimed)
	if err != nil {
		return cloud.HeartbeatAnswer{}, err
	}
	body, err := cloud.EncodeHeartbeat(p.config.Daemon, p.config.Version, clients)
	if err != nil {
		return cloud.HeartbeatAnswer{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if bytes.Equal(key, p.printed) {
		return cloud.HeartbeatAnswer{}, nil
	}
	p.printed = key
	line := fmt.Appendf(nil, "{\"heartbeat\":%s,\"instance\":%q}\n", body, p.config.Instance)
	return cloud.HeartbeatAnswer{}, p.write(line)
}

// write prints one line. The caller holds mu.
func (p *Preview) write(line []byte) error {
	if _, err := p.config.Out.Write(line); err != nil {
		p.config.Failed(fmt.Errorf("write the preview: %w", err))
		return err
	}
	return nil
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
func (p *Preview) PutBundle(_ context.Context, b cloud.Bundle) error {
	lines, err := p.decoder.DecodeAll(b.Payload, nil)
	if err != nil {
		return fmt.Errorf("preview of %s: %w", b.ID, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for line := range bytes.Lines(lines) {
		if err := p.write(line); err != nil {
			return err
		}
	}
	return nil
}

// PutRoutes prints the routes of an application.
func (p *Preview) PutRoutes(_ context.Context, project string, _ time.Time, list []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.write(fmt.Appendf(nil, "{\"project\":%q,\"list\":%s}\n", project, list))
}

// PutDeclaration prints the document of an application.
func (p *Preview) PutDeclaration(
	_ context.Context, project string, _ time.Time, generator string, document []byte,
) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.write(fmt.Appendf(nil, "{\"project\":%q,\"generator\":%q,\"document\":%s}\n", project, generator, document))
}

// Close frees the decoder.
func (p *Preview) Close() { p.decoder.Close() }
