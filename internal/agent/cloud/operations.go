package cloud

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// ConnectedClient is a middleware client in a heartbeat.
type ConnectedClient struct {
	Project  string    `json:"project"` // as the middleware named it
	Name     string    `json:"name"`
	LastSeen time.Time `json:"last_seen"`
}

// Heartbeat says that the daemon is alive and which clients it knows. It
// returns when the next one is due, 0 where the server does not say.
func (c *Client) Heartbeat(ctx context.Context, clients []ConnectedClient) (time.Duration, error) {
	return c.heartbeat(ctx, clients, call{timeout: heartbeatTimeout})
}

// Introduce is the first heartbeat. A refusal of the API key is the caller's to
// say; the Client logs it only when it comes later.
func (c *Client) Introduce(ctx context.Context) error {
	_, err := c.heartbeat(ctx, []ConnectedClient{}, call{timeout: introduceTimeout, quietRefusal: true})
	return err
}

func (c *Client) heartbeat(ctx context.Context, clients []ConnectedClient, how call) (time.Duration, error) {
	body, err := json.Marshal(struct {
		Name    string            `json:"name"`
		Version string            `json:"version"`
		Clients []ConnectedClient `json:"clients"`
	}{c.cfg.Daemon, c.cfg.Version, clients})
	if err != nil {
		return 0, fmt.Errorf("heartbeat: %w", err)
	}
	var answer heartbeatAnswer
	how.operation = "heartbeat"
	how.method = http.MethodPost
	how.path = []string{"heartbeat"}
	how.header = jsonHeader()
	how.body = body
	err = c.do(ctx, how, &answer)
	return time.Duration(answer.IntervalSeconds) * time.Second, err
}

// heartbeatAnswer says when the next heartbeat is due; the server need not.
type heartbeatAnswer struct {
	IntervalSeconds int `json:"interval_seconds"`
}

func (*heartbeatAnswer) complete() bool { return true }

// ActiveTrace is a trace that is on.
type ActiveTrace struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	End          time.Time `json:"end"`
	SamplingRate *float64  `json:"sampling_rate"` // nil means 1
}

// Traces is the answer to PollTraces.
type Traces struct {
	ProjectID   string        `json:"project_id"`
	ProjectName string        `json:"project_name"`
	Traces      []ActiveTrace `json:"traces"`
}

func (t *Traces) complete() bool { return t.ProjectID != "" }

// PollTraces asks which traces of a project are on. The server answers at once
// where they are not those of active, else when that changes or wait, in whole
// seconds, is over.
func (c *Client) PollTraces(ctx context.Context, project string, active []string, wait time.Duration) (Traces, error) {
	if active == nil {
		active = []string{}
	}
	body, err := json.Marshal(struct {
		Daemon         string   `json:"daemon"`
		ActiveTraceIDs []string `json:"active_trace_ids"`
		WaitSeconds    int      `json:"wait_seconds"`
	}{c.cfg.Daemon, active, int(wait / time.Second)})
	if err != nil {
		return Traces{}, fmt.Errorf("poll for traces: %w", err)
	}
	var answer Traces
	err = c.do(ctx, call{
		operation: "poll for traces",
		method:    http.MethodPost,
		path:      []string{"projects", project, "traces"},
		header:    jsonHeader(),
		body:      body,
		timeout:   wait + pollSlack,
	}, &answer)
	return answer, err
}

// bundleAnswer acknowledges a bundle: nothing else is a reason to let go of it.
type bundleAnswer struct {
	Witnesses int `json:"witnesses"`
}

func (a *bundleAnswer) complete() bool { return a.Witnesses > 0 }

// PutBundle hands over a bundle: NDJSON witnesses, compressed by zstd. The
// server may have it already, which is no error.
func (c *Client) PutBundle(ctx context.Context, project, trace, bundle string, payload []byte) error {
	return c.do(ctx, call{
		operation: "upload",
		method:    http.MethodPut,
		path:      []string{"projects", project, "traces", trace, "bundles", bundle},
		header:    http.Header{"Content-Type": {"application/x-ndjson"}, "Content-Encoding": {"zstd"}},
		body:      payload,
		timeout:   bundleTimeout,
	}, &bundleAnswer{})
}
