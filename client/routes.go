package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Routes says how the routes of an application are used.
type Routes struct {
	Reported time.Time      `json:"reported"` // when the application has reported them; zero if it has not
	Complete bool           `json:"complete"` // whether all routes are known
	Items    []Route        `json:"items"`    // by path, method and view
	Summary  map[string]int `json:"summary"`  // routes by state, before filtering
}

// Route is one method of a route, or an operation that is no route.
type Route struct {
	Method     string    `json:"method"` // "*" for a view that takes every method
	Path       string    `json:"path"`   // the template, or the framework's pattern
	View       string    `json:"view"`
	Host       string    `json:"host"`  // of a "shadow", where it was called
	State      string    `json:"state"` // dead, rejected_only, called, zombie, shadow or unknown
	Calls      int       `json:"calls"`
	Deprecated int       `json:"deprecated"` // calls that were answered with Deprecation or Sunset
	FirstCall  time.Time `json:"first_call"`
	LastCall   time.Time `json:"last_call"`
	Last2xx    time.Time `json:"last_2xx"` // the last call that was answered with 2xx

	Consumers []RouteConsumer `json:"consumers"` // who called it, the most frequent first
}

// RouteConsumer is who called a route.
type RouteConsumer struct {
	Name     string    `json:"name"`
	Calls    int       `json:"calls"`
	LastHour time.Time `json:"last_hour"` // the start of the hour of the last call
}

// RouteFilter chooses the states of routes, and the calls. An empty field matches everything.
type RouteFilter struct {
	States   []string // such as "dead"
	Trace    string   // only calls of this trace
	From, To string   // times as in Filter
}

// Routes returns how the routes of a project's application are used.
func (c *Client) Routes(ctx context.Context, project string, filter RouteFilter) (Routes, error) {
	query := url.Values{"state": filter.States}
	for name, value := range map[string]string{"trace": filter.Trace, "from": filter.From, "to": filter.To} {
		if value != "" {
			query.Set(name, value)
		}
	}
	var routes Routes
	err := c.call(ctx, http.MethodGet, path("projects", project, "routes"), query, nil, &routes)
	return routes, err
}
