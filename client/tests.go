package client

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"time"
)

// Tests are the calls of tests that were uploaded to a project.
type Tests struct {
	Name     string    `json:"name"`
	Calls    int       `json:"calls"`
	Uploaded time.Time `json:"uploaded"`
	By       string    `json:"by"` // the user or API key
}

// Tests returns the tests of a project, by name.
func (c *Client) Tests(ctx context.Context, project string) ([]Tests, error) {
	var answer struct {
		Items []Tests `json:"items"`
	}
	err := c.call(ctx, http.MethodGet, path("projects", project, "tests"), nil, nil, &answer)
	return answer.Items, err
}

// PutTests keeps what tests show, in the place of tests of the same name. The recording is in the binary
// form that the commands of Akita compare.
func (c *Client) PutTests(ctx context.Context, project, name string, recording []byte) (t Tests, err error) {
	err = c.exchange(ctx, http.MethodPut, path("projects", project, "tests", name), nil,
		"application/octet-stream", bytes.NewReader(recording), &t)
	return t, err
}

// TestRecording writes what tests show to w, in the form that PutTests takes.
func (c *Client) TestRecording(ctx context.Context, project, name string, w io.Writer) error {
	return c.download(ctx, path("projects", project, "tests", name), nil, w)
}

// DeleteTests forgets tests.
func (c *Client) DeleteTests(ctx context.Context, project, name string) error {
	return c.call(ctx, http.MethodDelete, path("projects", project, "tests", name), nil, nil, nil)
}

// Coverage is how much of what production does tests cover.
type Coverage struct {
	Percent struct {
		Calls      float64 `json:"calls"`
		Operations float64 `json:"operations"`
	} `json:"percent"` // rounded down to tenths
	Calls      Covered `json:"calls"` // whose operation tests call, and whose status they get
	Operations Covered `json:"operations"`
	Level      int     `json:"level"` // the Test Coverage Level, 0 to 6
	Criteria   []struct {
		Level   int    `json:"level"`
		Name    string `json:"name"`
		Covered int    `json:"covered"`
		Of      int    `json:"of"`
	} `json:"criteria"`
	TestCalls int `json:"testCalls"`
}

// Covered is how many of something tests cover.
type Covered struct {
	Covered int `json:"covered"`
	Of      int `json:"of"`
}

// Coverage returns what the calls of a project do and its tests do not: the tests of a name, or all for "".
// Of the filter, Trace, From and To count.
func (c *Client) Coverage(ctx context.Context, project, tests string, of Filter) (Findings, error) {
	query := Filter{Trace: of.Trace, From: of.From, To: of.To}.query()
	if tests != "" {
		query.Set("tests", tests)
	}
	var found Findings
	err := c.call(ctx, http.MethodGet, path("projects", project, "coverage"), query, nil, &found)
	return found, err
}
