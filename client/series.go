package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Series counts calls over time, bucket by bucket. Buckets without calls are among them.
type Series struct {
	From        time.Time `json:"from"`
	To          time.Time `json:"to"`
	StepSeconds int       `json:"step_seconds"`
	Buckets     []Bucket  `json:"buckets"`
}

// Bucket counts the calls of one step.
type Bucket struct {
	Start    time.Time      `json:"start"`
	Calls    int            `json:"calls"`
	Errors   int            `json:"errors"` // answers with a status of 400 or above
	Statuses map[string]int `json:"statuses"`
	Latency  Latency        `json:"latency_ms"` // each within 5 % of the true one
	// RequestBytes and ResponseBytes are estimates, from the numbers of bits of the bodies' sizes.
	RequestBytes  int `json:"request_bytes"`
	ResponseBytes int `json:"response_bytes"`
}

// SeriesFilter chooses the calls and the buckets of a series. An empty field matches everything.
type SeriesFilter struct {
	From, To string   // times as in Filter; the last 24 hours by default
	Step     string   // such as "1m", "1h" and "1d"; "1h" by default
	Endpoint string   // the id of an endpoint of the model
	Statuses []string // codes or classes, such as "200" and "4xx"
	Trace    string   // only calls of this trace
}

// Series returns how many calls a project had over time.
func (c *Client) Series(ctx context.Context, project string, filter SeriesFilter) (Series, error) {
	query := url.Values{"status": filter.Statuses}
	for name, value := range map[string]string{
		"from": filter.From, "to": filter.To, "step": filter.Step, "endpoint": filter.Endpoint, "trace": filter.Trace,
	} {
		if value != "" {
			query.Set(name, value)
		}
	}
	var series Series
	err := c.call(ctx, http.MethodGet, path("projects", project, "series"), query, nil, &series)
	return series, err
}
