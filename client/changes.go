package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Fact is something that calls showed of an endpoint.
type Fact struct {
	Kind      string `json:"kind"` // such as "field"
	In        string `json:"in"`   // "request", the status of a response, or "query", "header" or "cookie"
	MediaType string `json:"media_type"`
	Name      string `json:"name"`  // of a parameter or field, such as "items[].price"
	Value     string `json:"value"` // the status, type, format or kind of credentials
}

// DatedFact is a fact with the hours in which it was seen first and last.
type DatedFact struct {
	Fact
	FirstSeen time.Time `json:"first_seen"`
	LastSeen  time.Time `json:"last_seen"`
	Seen      int       `json:"seen"` // calls or values that had it
	Of        int       `json:"of"`
}

// Change is something that appeared, changed, or is not seen any more.
type Change struct {
	Fact
	Hour     time.Time `json:"hour"`
	What     string    `json:"what"` // appeared, gone, changed, optional, required, nullable or not_nullable
	Endpoint struct {
		ID     string `json:"id"`
		Method string `json:"method"`
		Host   string `json:"host"`
		Path   string `json:"path"`
	} `json:"endpoint"`
	Before  []string `json:"before"` // what was seen in its place before
	Ended   []string `json:"ended"`  // what of it was not seen after
	Seen    int      `json:"seen"`   // it was in Seen of Of calls, from its first hour to its last one
	Of      int      `json:"of"`
	Without int      `json:"without"` // calls before it appeared, or since it is gone
}

// Changes lists what changed in a project, the newest first. since is a time as in Filter; "" is 30 days.
func (c *Client) Changes(ctx context.Context, project, since string) ([]Change, error) {
	query := url.Values{}
	if since != "" {
		query.Set("since", since)
	}
	var list struct {
		Items []Change `json:"items"`
	}
	err := c.call(ctx, http.MethodGet, path("projects", project, "changes"), query, nil, &list)
	return list.Items, err
}

// Facts lists the facts of an endpoint, by its id.
func (c *Client) Facts(ctx context.Context, project, endpoint string) ([]DatedFact, error) {
	return all[DatedFact](ctx, c, path("projects", project, "model", "endpoints", endpoint, "facts"))
}
