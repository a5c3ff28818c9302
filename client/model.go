package client

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Model is the API model of a project: what its calls showed.
type Model struct {
	Witnesses int        `json:"witnesses"` // calls in the model, before filtering
	Unmatched int        `json:"unmatched"` // calls that belong to no endpoint, such as a scanner's 404s
	Browser   int        `json:"browser"`   // calls that a browser made for itself, which belong to none either
	Hosts     []Host     `json:"hosts"`     // by API, then by requests
	Withheld  int        `json:"withheld"`  // calls whose path has a word that the daemon withheld
	Endpoints []Endpoint `json:"endpoints"` // by path, then method
	Facets    Facets     `json:"facets"`
}

// Host counts what was seen of a host. Hosts with the same number of API mirror each other; it is 0
// for a host without endpoints.
type Host struct {
	Name      string `json:"name"`
	API       int    `json:"api"`
	Requests  int    `json:"requests"`
	Endpoints int    `json:"endpoints"`
	Browser   int    `json:"browser"` // calls that a browser made for itself
}

// Endpoint is one method of one path template of an API.
type Endpoint struct {
	ID        string         `json:"id"`
	Method    string         `json:"method"`
	Host      string         `json:"host"`  // of several hosts, the most called one of the API
	Hosts     []string       `json:"hosts"` // where it was called, most often first
	Path      string         `json:"path"`  // the template, such as "/api/users/{userId}"
	Requests  int            `json:"requests"`
	Errors    int            `json:"errors"`     // answers with a status of 400 or above
	ErrorRate float64        `json:"error_rate"` // Errors / Requests
	Statuses  map[string]int `json:"statuses"`   // requests by status code
	Auth      []string       `json:"auth"`       // authentication types, most frequent first
	Latency   Latency        `json:"latency_ms"`
	FirstSeen time.Time      `json:"first_seen"`
	LastSeen  time.Time      `json:"last_seen"`
}

// Latency holds percentiles in milliseconds, each within 1 % of the true one.
type Latency struct {
	P50 float64 `json:"p50"`
	P90 float64 `json:"p90"`
	P95 float64 `json:"p95"`
	P99 float64 `json:"p99"`
	Max float64 `json:"max"`
}

// Facets count, before filtering, how many endpoints each value of a filter matches.
type Facets struct {
	Methods  map[string]int `json:"methods"`
	Auth     map[string]int `json:"auth"`
	Statuses map[string]int `json:"statuses"`
	Hosts    map[string]int `json:"hosts"`
}

// Filter chooses a part of a model. An empty field matches everything; of several values,
// one has to match.
type Filter struct {
	Trace    string   // only calls of this trace
	Methods  []string // such as "GET"
	Auth     []string // such as "bearer"; "none" for calls without credentials
	Statuses []string // codes or classes, such as "200" and "4xx"
	Hosts    []string
	Path     string // text that the path template contains; case does not matter
	Search   string // words, such as "field:email uuid"; see the parameter q of the REST API
	// From and To bound the hours of the calls: times as RFC 3339 writes them, or before now, such as
	// "-24h" or "-7d".
	From, To string
}

// Model returns the part of a project's model that the filter matches.
func (c *Client) Model(ctx context.Context, project string, filter Filter) (Model, error) {
	var model Model
	err := c.call(ctx, http.MethodGet, path("projects", project, "model"), filter.query(), nil, &model)
	return model, err
}

// Format is the encoding of an OpenAPI document.
type Format string

// The formats of an OpenAPI document.
const (
	YAML Format = "yaml"
	JSON Format = "json"
)

// OpenAPI writes the part of a project's model that the filter matches to w, as an OpenAPI
// 3.1 document.
func (c *Client) OpenAPI(ctx context.Context, project string, format Format, filter Filter, w io.Writer) error {
	return c.download(ctx, path("projects", project, "model", "openapi."+string(format)), filter.query(), w)
}

// Recording writes what the calls of a project show to w, in the binary form that the commands of Akita
// compare. Of the filter, Trace, From and To count.
func (c *Client) Recording(ctx context.Context, project string, of Filter, w io.Writer) error {
	of = Filter{Trace: of.Trace, From: of.From, To: of.To}
	return c.download(ctx, path("projects", project, "model", "recording"), of.query(), w)
}

// query returns the filter as query parameters.
func (f Filter) query() url.Values {
	query := url.Values{"method": f.Methods, "auth": f.Auth, "status": f.Statuses, "host": f.Hosts}
	for name, value := range map[string]string{
		"trace": f.Trace, "path": f.Path, "q": f.Search, "from": f.From, "to": f.To,
	} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return query
}
