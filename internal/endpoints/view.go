package endpoints

import (
	"bytes"
	"cmp"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/apimodel"
	"akita/internal/jsonschema"
	"akita/internal/shape"
	"akita/internal/witness"
)

// The types below are responses of the REST API; internal/api/openapi.yaml describes each field.

// Overview lists endpoints by path, then method, then host.
type Overview struct {
	Witnesses uint64             `json:"witnesses"`
	Unmatched uint64             `json:"unmatched"`
	Browser   uint64             `json:"browser,omitzero"`
	Withheld  uint64             `json:"withheld,omitzero"`
	Truncated apimodel.Truncated `json:"folded,omitzero"`
	Unread    map[string]uint64  `json:"unread,omitempty"` // bodies of all endpoints that were not read, by reason
	Endpoints []*Row             `json:"endpoints"`
	Facets    Facets             `json:"facets"`
	Hosts     []Host             `json:"hosts"`
}

// JSON encodes the overview. It copies encoded rows as they are: a list may have thousands of them, and
// few have changed since it was last read.
func (o Overview) JSON() ([]byte, error) {
	rows := o.Endpoints
	o.Endpoints = []*Row{}
	frame, err := json.Marshal(o, json.Deterministic(true))
	if err != nil {
		return nil, err
	}
	const list = `"endpoints":[` // the members before it hold no text of an API
	before, after, _ := bytes.Cut(frame, []byte(list))
	size := len(frame)
	for _, r := range rows {
		text, err := r.encoded()
		if err != nil {
			return nil, err
		}
		size += len(text) + 1
	}
	out := append(append(make([]byte, 0, size), before...), list...)
	for i, r := range rows {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, r.text...)
	}
	return append(out, after...), nil
}

// Host counts what was seen of a host.
type Host struct {
	Name      string `json:"name"`
	API       int    `json:"api"` // the same number for hosts that mirror each other; 0 without endpoints
	Requests  uint64 `json:"requests"`
	Endpoints int    `json:"endpoints"`
	Browser   uint64 `json:"browser,omitempty"` // calls that a browser made for itself
}

// compare orders hosts by API, those without endpoints last, and then by calls, most first.
func (h Host) compare(o Host) int {
	return cmp.Or(
		cmp.Compare(uint(h.API)-1, uint(o.API)-1), // 0 becomes the greatest
		cmp.Compare(o.Requests, h.Requests),
		cmp.Compare(o.Browser, h.Browser),
		cmp.Compare(h.Name, o.Name),
	)
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
	Hosts     []string                    `json:"hosts"`
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

// Row is a summary that is encoded once, as lists are read again and again. It is only read.
type Row struct {
	Summary

	once sync.Once
	text jsontext.Value
	err  error
}

func newRow(s Summary) *Row { return &Row{Summary: s} }

func (r *Row) encoded() (jsontext.Value, error) {
	r.once.Do(func() { r.text, r.err = json.Marshal(r.Summary, json.Deterministic(true)) })
	return r.text, r.err
}

// MarshalJSONTo implements json.MarshalerTo.
func (r *Row) MarshalJSONTo(to *jsontext.Encoder) error {
	text, err := r.encoded()
	if err != nil {
		return err
	}
	return to.WriteValue(text)
}

// MarshalJSON implements the marshaler of encoding/json.
func (r *Row) MarshalJSON() ([]byte, error) { return r.encoded() }

// Detail describes an endpoint in full.
type Detail struct {
	Summary
	AuthCounts       map[string]uint64       `json:"auth_counts"`
	View             string                  `json:"view,omitempty"`
	Parameters       []Parameter             `json:"parameters"`
	RequestBodies    []Body                  `json:"request_bodies"`
	Responses        []Response              `json:"responses"`
	LatencyHistogram []apimodel.LatencyClass `json:"latency_histogram"`
	Consumers        []Consumer              `json:"consumers"` // the most frequent first
}

// Parameter is a path, query, header or cookie parameter.
type Parameter struct {
	In       string            `json:"in"`
	Name     string            `json:"name"`
	Required bool              `json:"required"`
	Seen     uint64            `json:"seen"`
	Of       uint64            `json:"of"`
	Schema   jsonschema.Object `json:"schema"`

	shape    *shape.Shape // of its values
	argument *argument    // of a path parameter
	repeated uint64       // how many calls carried it more than once
	indexed  uint64       // how many calls had an index in its name
}

// Values returns the shape of the values. It is only read.
func (p Parameter) Values() *shape.Shape { return p.shape }

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
