package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Consumer is a program that calls an API.
type Consumer struct {
	Name      string         `json:"name"`
	Kind      string         `json:"kind"`     // named, family or other
	Versions  []string       `json:"versions"` // those that were seen last, sorted
	Requests  int            `json:"requests"`
	Errors    int            `json:"errors"`     // answers with a status of 400 or above
	Statuses  map[string]int `json:"statuses"`   // requests by status code
	FirstSeen time.Time      `json:"first_seen"` // to the start of the hour
	LastSeen  time.Time      `json:"last_seen"`  // to the start of the hour
	Endpoints int            `json:"endpoints"`  // how many it calls
}

// ConsumerDetail is what a consumer does.
type ConsumerDetail struct {
	Consumer
	Operations []ConsumedOperation `json:"operations"` // by path and method
}

// ConsumedOperation is what a consumer does with an endpoint.
type ConsumedOperation struct {
	ID            string             `json:"id"` // of the endpoint
	Method        string             `json:"method"`
	Host          string             `json:"host"`
	Path          string             `json:"path"`
	Versions      []string           `json:"versions"`
	Requests      int                `json:"requests"`
	Errors        int                `json:"errors"`
	Statuses      map[string]int     `json:"statuses"`
	FirstSeen     time.Time          `json:"first_seen"`
	LastSeen      time.Time          `json:"last_seen"`
	Parameters    []SentParameter    `json:"parameters"`     // in accepted calls
	RequestFields []SentRequestField `json:"request_fields"` // in accepted calls
}

// SentParameter is a parameter that a consumer sent.
type SentParameter struct {
	In   string `json:"in"` // query, header or cookie
	Name string `json:"name"`
}

// SentRequestField is a field of a body that a consumer sent.
type SentRequestField struct {
	MediaType string `json:"media_type"`
	Path      string `json:"path"` // such as "items[].sku"
}

// ConsumerFilter chooses the calls by which consumers are known. An empty field matches everything.
type ConsumerFilter struct {
	Trace    string // only calls of this trace
	From, To string // times as in Filter
}

// Consumers returns who calls the API of a project, the most frequent first.
func (c *Client) Consumers(ctx context.Context, project string, filter ConsumerFilter) ([]Consumer, error) {
	var list struct {
		Items []Consumer `json:"items"`
	}
	err := c.call(ctx, http.MethodGet, path("projects", project, "consumers"), filter.query(), nil, &list)
	return list.Items, err
}

// Consumer returns what one consumer calls, and what it sends.
func (c *Client) Consumer(
	ctx context.Context, project, consumer string, filter ConsumerFilter,
) (ConsumerDetail, error) {
	var detail ConsumerDetail
	err := c.call(ctx, http.MethodGet, path("projects", project, "consumers", consumer), filter.query(), nil, &detail)
	return detail, err
}

func (f ConsumerFilter) query() url.Values {
	query := url.Values{}
	for name, value := range map[string]string{"trace": f.Trace, "from": f.From, "to": f.To} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return query
}
