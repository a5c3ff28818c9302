package client

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// The states of a trace.
const (
	TraceActive = "active"
	TraceEnded  = "ended"
)

// Trace is a period of capture in a project.
type Trace struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"` // generated, such as "powder-blue-panda-338"
	State     string    `json:"state"`
	Start     time.Time `json:"start"`
	End       time.Time `json:"end"`       // when it ends, or ended
	Witnesses int       `json:"witnesses"` // calls that are in the model so far
}

// Traces lists a project's traces, newest first.
func (c *Client) Traces(ctx context.Context, project string) ([]Trace, error) {
	return all[Trace](ctx, c, path("projects", project, "traces"))
}

// Trace returns one trace of a project.
func (c *Client) Trace(ctx context.Context, project, trace string) (Trace, error) {
	var t Trace
	err := c.call(ctx, http.MethodGet, path("projects", project, "traces", trace), nil, nil, &t)
	return t, err
}

// StartTrace starts a trace for a duration of whole hours, from 1 to 720.
func (c *Client) StartTrace(ctx context.Context, project string, duration time.Duration) (Trace, error) {
	var t Trace
	if duration%time.Hour != 0 {
		return t, fmt.Errorf("start a trace for %s: the duration must be whole hours", duration)
	}
	body := struct {
		DurationHours int `json:"duration_hours"`
	}{int(duration / time.Hour)}
	err := c.call(ctx, http.MethodPost, path("projects", project, "traces"), nil, body, &t)
	return t, err
}

// StopTrace stops a trace now. Stopping one that has ended changes nothing.
func (c *Client) StopTrace(ctx context.Context, project, trace string) (Trace, error) {
	var t Trace
	err := c.call(ctx, http.MethodPost, path("projects", project, "traces", trace, "stop"), nil, nil, &t)
	return t, err
}
