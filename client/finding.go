package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Finding is a difference of two sides of an API, with its evidence.
type Finding struct {
	Kind      string   `json:"kind"`    // such as "removed"
	Subject   string   `json:"subject"` // such as "parameter"
	Method    string   `json:"method"`
	Path      string   `json:"path"`
	Status    int      `json:"status"`   // of an answer; 0 for a request
	At        string   `json:"at"`       // the place, such as "query.page"
	Value     string   `json:"value"`    // what stands there, such as a type
	Severity  string   `json:"severity"` // breaking, warning or info
	Verdict   string   `json:"verdict"`  // proved, not_enough_evidence or unused
	Seen      Seen     `json:"seen"`
	Consumers []string `json:"consumers"` // by whom it was seen
	Message   string   `json:"message"`
	Rule      string   `json:"rule"` // that decides the severity
}

// Seen is evidence: For of Of calls or values.
type Seen struct {
	For   int       `json:"for"`
	Of    int       `json:"of"`
	First time.Time `json:"first"`
	Last  time.Time `json:"last"`
}

// Findings are the answer of a comparison.
type Findings struct {
	Findings []Finding `json:"findings"`
	Summary  struct {
		Calls    int            `json:"calls"`
		Findings int            `json:"findings"`
		Failing  int            `json:"failing"`
		Ignored  int            `json:"ignored"`
		Kinds    map[string]int `json:"kinds"`
		Coverage *Coverage      `json:"coverage"` // of tests
	} `json:"summary"`
}

// Compare returns what changed from one side of a project to another. Each is a trace, or a range such as
// "-8d..-1d"; if it is empty, the server's default is taken: the last day, and the seven days before it.
func (c *Client) Compare(ctx context.Context, project, base, revision string) (Findings, error) {
	query := url.Values{}
	for name, side := range map[string]string{"base": base, "revision": revision} {
		if side != "" {
			query.Set(name, side)
		}
	}
	var found Findings
	err := c.call(ctx, http.MethodGet, path("projects", project, "compare"), query, nil, &found)
	return found, err
}

// Posture returns who may call a project's API without credentials, and where its data are sensitive. The
// filter takes a trace and a range. Since is a time, or a span before now such as "-7d": what was first seen
// before it is left out, unless it is empty.
func (c *Client) Posture(ctx context.Context, project string, filter Filter, since string) (Findings, error) {
	query := url.Values{}
	for name, value := range map[string]string{
		"trace": filter.Trace, "from": filter.From, "to": filter.To, "since": since,
	} {
		if value != "" {
			query.Set(name, value)
		}
	}
	var found Findings
	err := c.call(ctx, http.MethodGet, path("projects", project, "posture"), query, nil, &found)
	return found, err
}
