package cloud

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"akita/internal/delta"
)

// ConnectedClient is a middleware client in a heartbeat.
type ConnectedClient struct {
	Project  string    `json:"project"` // as the middleware named it
	Name     string    `json:"name"`
	LastSeen time.Time `json:"last_seen"`
}

// InstanceHeader is the header of a heartbeat that distinguishes daemons of one name.
const InstanceHeader = "Akita-Instance"

// HeartbeatAnswer is the answer to a heartbeat.
type HeartbeatAnswer struct {
	// IntervalSeconds is when the next heartbeat is due.
	IntervalSeconds int `json:"interval_seconds"`
	// SameName is how many other daemons of this name send heartbeats to the server.
	SameName int `json:"same_name"`
}

func (a *HeartbeatAnswer) complete() bool { return a.IntervalSeconds > 0 }

// EncodeHeartbeat returns the body of a heartbeat, as JSON.
func EncodeHeartbeat(daemon, version string, clients []ConnectedClient) ([]byte, error) {
	body, err := json.Marshal(struct {
		Name    string            `json:"name"`
		Version string            `json:"version"`
		Clients []ConnectedClient `json:"clients"`
	}{daemon, version, clients})
	if err != nil {
		return nil, fmt.Errorf("heartbeat: %w", err)
	}
	return body, nil
}

// Heartbeat reports that the daemon is alive and which clients it knows.
func (c *Client) Heartbeat(ctx context.Context, clients []ConnectedClient) (HeartbeatAnswer, error) {
	return c.heartbeat(ctx, clients, call{timeout: heartbeatTimeout})
}

// Introduce sends the first heartbeat. If the server refuses the API key, the caller
// must report it; later refusals are logged by the Client.
func (c *Client) Introduce(ctx context.Context) (HeartbeatAnswer, error) {
	return c.heartbeat(ctx, []ConnectedClient{}, call{timeout: introduceTimeout, quietRefusal: true})
}

func (c *Client) heartbeat(ctx context.Context, clients []ConnectedClient, how call) (HeartbeatAnswer, error) {
	body, err := EncodeHeartbeat(c.config.Daemon, c.config.Version, clients)
	if err != nil {
		return HeartbeatAnswer{}, err
	}
	how.operation = "heartbeat"
	how.method = http.MethodPost
	how.path = []string{"heartbeat"}
	how.header = jsonHeader()
	how.header.Set(InstanceHeader, c.config.Instance)
	how.body = body
	var answer HeartbeatAnswer
	err = c.do(ctx, how, &answer)
	return answer, err
}

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
		expected:  []Verdict{Gone}, // a middleware may name a project that does not exist
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

// Bundle is what PutBundle uploads: a bundle of witnesses, or several that are folded into a delta.
type Bundle struct {
	Project, Trace string
	Also           []string // further traces that saw the calls
	Repeats        []string // traces for which another bundle has the same calls
	ID             string
	With           []string // the ids of further bundles in it
	MediaType      string
	Payload        []byte // compressed with zstd
}

// query returns the parameters of a bundle that several traces saw, or that repeats the calls of
// another.
func (b *Bundle) query() url.Values {
	query := url.Values{}
	for _, trace := range b.Also {
		query.Add("also", trace)
	}
	for _, trace := range b.Repeats {
		query.Add("repeats", trace)
	}
	return query
}

// PutBundle uploads a bundle. It succeeds too if the server has the bundle already. If it has some of
// several, the verdict on the error is Known.
func (c *Client) PutBundle(ctx context.Context, b Bundle) error {
	header := http.Header{"Content-Type": {b.MediaType}, "Content-Encoding": {"zstd"}}
	if len(b.With) > 0 {
		header.Set(delta.BundlesHeader, strings.Join(b.With, ","))
	}
	return c.do(ctx, call{
		operation: "upload",
		expected:  []Verdict{Gone, Permanent, Known}, // about the bundle, not the server
		method:    http.MethodPut,
		path:      []string{"projects", b.Project, "traces", b.Trace, "bundles", b.ID},
		query:     b.query(),
		header:    header,
		body:      b.Payload,
		timeout:   bundleTimeout,
	}, &bundleAnswer{})
}

// routesAnswer acknowledges a list of routes.
type routesAnswer struct {
	Routes *int `json:"routes"`
}

func (a *routesAnswer) complete() bool { return a.Routes != nil }

// documentAnswer acknowledges a document.
type documentAnswer struct {
	Bytes int `json:"bytes"`
}

func (a *documentAnswer) complete() bool { return a.Bytes > 0 }

// PutDeclaration uploads the outline of a document that the application of a project has reported.
// generator is what makes it.
func (c *Client) PutDeclaration(
	ctx context.Context, project string, reported time.Time, generator string, document []byte,
) error {
	query := url.Values{"reported": {reported.UTC().Format(time.RFC3339Nano)}}
	if generator != "" {
		query.Set("generator", generator)
	}
	return c.do(ctx, call{
		operation: "upload document",
		expected:  []Verdict{Gone, Permanent}, // about the project or the document, not the server
		isNew:     true,
		method:    http.MethodPut,
		path:      []string{"projects", project, "declaration"},
		query:     query,
		header:    jsonHeader(),
		body:      document,
		timeout:   bundleTimeout,
	}, &documentAnswer{})
}

// PutRoutes uploads the routes that the application of a project has reported (package routelist).
func (c *Client) PutRoutes(ctx context.Context, project string, reported time.Time, list []byte) error {
	return c.do(ctx, call{
		operation: "upload routes",
		expected:  []Verdict{Gone, Permanent}, // about the project or the list, not the server
		isNew:     true,
		method:    http.MethodPut,
		path:      []string{"projects", project, "routes"},
		query:     url.Values{"reported": {reported.UTC().Format(time.RFC3339Nano)}},
		header:    jsonHeader(),
		body:      list,
		timeout:   bundleTimeout,
	}, &routesAnswer{})
}
