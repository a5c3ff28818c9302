package client

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// The states of a trace.
const (
	TraceActive  = "active"
	TraceEnded   = "ended"
	TraceWaiting = "waiting" // for the next hours of its schedule
)

// Trace is a window of capture in a project.
type Trace struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"` // generated, such as "powder-blue-panda-338", or changed
	State        string    `json:"state"`
	Start        time.Time `json:"start"`
	End          time.Time `json:"end"`           // when it ends, or ended; zero if it has no end yet
	UntilStopped bool      `json:"until_stopped"` // it captures all the time, and has no end yet
	Schedule     *Schedule `json:"schedule"`      // nil: it captures all the time
	Witnesses    int       `json:"witnesses"`     // calls that are in the model so far
}

// Schedule is a set of hours that repeats every week.
type Schedule struct {
	Weekdays []string `json:"weekdays"`  // on which it begins to capture: "mon" to "sun"
	From     string   `json:"from"`      // "00:00" to "23:59"
	To       string   `json:"to"`        // "00:00" to "24:00"; if it is before From, on the next day
	TimeZone string   `json:"time_zone"` // of the IANA database, such as "Europe/Berlin"
}

// TraceChange is a change of a trace. Zero fields change nothing.
type TraceChange struct {
	Name        string `json:"name,omitempty"`
	ExtendHours int    `json:"extend_hours,omitempty"` // 1 to 720, added to the end
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
	if duration%time.Hour != 0 {
		return Trace{}, fmt.Errorf("start a trace for %s: the duration must be whole hours", duration)
	}
	return c.startTrace(ctx, project, newTrace{DurationHours: int(duration / time.Hour)})
}

// StartEndlessTrace starts a trace that captures until it is stopped.
func (c *Client) StartEndlessTrace(ctx context.Context, project string) (Trace, error) {
	return c.startTrace(ctx, project, newTrace{UntilStopped: true})
}

// StartScheduledTrace starts a trace that captures in the hours of a schedule, until it is
// stopped.
func (c *Client) StartScheduledTrace(ctx context.Context, project string, s Schedule) (Trace, error) {
	return c.startTrace(ctx, project, newTrace{Schedule: &s})
}

// newTrace has one of its fields.
type newTrace struct {
	DurationHours int       `json:"duration_hours,omitempty"`
	UntilStopped  bool      `json:"until_stopped,omitempty"`
	Schedule      *Schedule `json:"schedule,omitempty"`
}

func (c *Client) startTrace(ctx context.Context, project string, body newTrace) (Trace, error) {
	var t Trace
	err := c.call(ctx, http.MethodPost, path("projects", project, "traces"), nil, body, &t)
	return t, err
}

// ChangeTrace renames a trace, or moves its end. If the name is taken, the problem has the
// code "trace_exists", and if the trace has ended, "trace_ended".
func (c *Client) ChangeTrace(ctx context.Context, project, trace string, change TraceChange) (Trace, error) {
	var t Trace
	err := c.call(ctx, http.MethodPatch, path("projects", project, "traces", trace), nil, change, &t)
	return t, err
}

// DeleteTrace deletes a trace and its calls for good.
func (c *Client) DeleteTrace(ctx context.Context, project, trace string) error {
	return c.call(ctx, http.MethodDelete, path("projects", project, "traces", trace), nil, nil, nil)
}

// StopTrace stops a trace now. Stopping one that has ended changes nothing.
func (c *Client) StopTrace(ctx context.Context, project, trace string) (Trace, error) {
	var t Trace
	err := c.call(ctx, http.MethodPost, path("projects", project, "traces", trace, "stop"), nil, nil, &t)
	return t, err
}
