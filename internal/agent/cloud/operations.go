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

// Heartbeat reports that the daemon is alive and which clients it knows. It returns
// when the next one is due; 0 if the server does not say.
func (c *Client) Heartbeat(ctx context.Context, clients []ConnectedClient) (time.Duration, error) {
	return c.heartbeat(ctx, clients, call{timeout: heartbeatTimeout})
}

// Introduce sends the first heartbeat. If the server refuses the API key, the caller
// must report it; later refusals are logged by the Client.
func (c *Client) Introduce(ctx context.Context) error {
	_, err := c.heartbeat(ctx, []ConnectedClient{}, call{timeout: introduceTimeout, quietRefusal: true})
	return err
}

func (c *Client) heartbeat(ctx context.Context, clients []ConnectedClient, how call) (time.Duration, error) {
	body, err := json.Marshal(struct {
		Name    string            `json:"name"`
		Version string            `json:"version"`
		Clients []ConnectedClient `json:"clients"`
	}{c.config.Daemon, c.config.Version, clients})
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

// heartbeatAnswer says when the next heartbeat is due; 0 leaves it to the daemon.
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

// PollTraces asks which traces of a project are on. The server answers at once if
// they differ from active, otherwise after a change, or after wait, which is rounded
// down to seconds.
func (c *Client) PollTraces(ctx context.Context, project string, active []string, wait time.Duration) (Traces, error) {
	if active == nil {
		active = []string{}
	}
	body, err := json.Marshal(struct {
		Daemon         string   `json:"daemon"`
		ActiveTraceIDs []string `json:"active_trace_ids"`
		WaitSeconds    int      `json:"wait_seconds"`
	}{c.config.Daemon, active, int(wait / time.Second)})
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

// bundleAnswer acknowledges a bundle, which may be deleted only then.
type bundleAnswer struct {
	Witnesses int `json:"witnesses"`
}

func (a *bundleAnswer) complete() bool { return a.Witnesses > 0 }

// PutBundle uploads a bundle: NDJSON witnesses, compressed with zstd. It succeeds
// too if the server has the bundle already.
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
