package endpoints

import (
	"time"

	"akita/internal/apimodel"
	"akita/internal/jsonschema"
	"akita/internal/witness"
)

// The types below are responses of the REST API; internal/api/openapi.yaml describes each field.

// Overview lists endpoints by path, then method, then host.
type Overview struct {
	Witnesses uint64             `json:"witnesses"`
	Unmatched uint64             `json:"unmatched"`
	Truncated apimodel.Truncated `json:"folded,omitzero"`
	Unread    map[string]uint64  `json:"unread,omitempty"` // bodies of all endpoints that were not read, by reason
	Endpoints []Summary          `json:"endpoints"`
	Facets    Facets             `json:"facets"`
}

// Facets counts all endpoints by filter value.
type Facets struct {
	Methods  map[string]int `json:"methods"`
	Auth     map[string]int `json:"auth"`
	Statuses map[string]int `json:"statuses"`
	Hosts    map[string]int `json:"hosts"`
}

// Summary describes an endpoint in a line.
type Summary struct {
	ID        string                      `json:"id"`
	Method    string                      `json:"method"`
	Host      string                      `json:"host"`
	Path      string                      `json:"path"`
	Requests  uint64                      `json:"requests"`
	Errors    uint64                      `json:"errors"`
	ErrorRate float64                     `json:"error_rate"`
	Statuses  map[string]uint64           `json:"statuses"`
	Auth      []string                    `json:"auth"`
	LatencyMs apimodel.LatencyPercentiles `json:"latency_ms"`
	FirstSeen time.Time                   `json:"first_seen"`
	LastSeen  time.Time                   `json:"last_seen"`
}

// Detail describes an endpoint in full.
type Detail struct {
	Summary
	AuthCounts       map[string]uint64       `json:"auth_counts"`
	View             string                  `json:"view,omitempty"`
	Parameters       []Parameter             `json:"parameters"`
	RequestBodies    []Body                  `json:"request_bodies"`
	Responses        []Response              `json:"responses"`
	LatencyHistogram []apimodel.LatencyClass `json:"latency_histogram"`
}

// Parameter is a path, query, header or cookie parameter.
type Parameter struct {
	In       string            `json:"in"`
	Name     string            `json:"name"`
	Required bool              `json:"required"`
	Seen     uint64            `json:"seen"`
	Of       uint64            `json:"of"`
	Schema   jsonschema.Object `json:"schema"`

	argument *argument // of a path parameter
	repeated uint64    // how many calls carried it more than once
	indexed  uint64    // how many calls had an index in its name
}

// Body is a request or response body of one media type.
type Body struct {
	MediaType string                    `json:"media_type"`
	Seen      uint64                    `json:"seen"`
	Bytes     *apimodel.SizePercentiles `json:"bytes,omitempty"`  // nil if no size is known
	Unread    map[string]uint64         `json:"unread,omitempty"` // bodies that were not read, by reason
	Quirks    map[witness.Quirk]uint64  `json:"quirks,omitempty"` // what a strict parser refuses in JSON
	Schema    jsonschema.Object         `json:"schema,omitempty"`
}

// Response describes the responses of one status.
type Response struct {
	Status    int                         `json:"status"`
	Count     uint64                      `json:"count"`
	LatencyMs apimodel.LatencyPercentiles `json:"latency_ms"`
	FirstSeen time.Time                   `json:"first_seen,omitzero"`
	LastSeen  time.Time                   `json:"last_seen,omitzero"`
	Headers   []ResponseHeader            `json:"headers"`
	Bodies    []Body                      `json:"bodies"`
}

// ResponseHeader is a response header that is part of the API.
type ResponseHeader struct {
	Name   string            `json:"name"`
	Seen   uint64            `json:"seen"`
	Schema jsonschema.Object `json:"schema"`
}
