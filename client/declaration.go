package client

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Declaration is the OpenAPI document that a project declares.
type Declaration struct {
	Origin     string    `json:"origin"`  // upload, url or app
	OpenAPI    string    `json:"openapi"` // its version
	Title      string    `json:"title"`
	Operations int       `json:"operations"`
	Bytes      int       `json:"bytes"`
	Hash       string    `json:"hash"`    // changes with the text
	Changed    time.Time `json:"changed"` // when the text was uploaded, fetched or reported
	By         string    `json:"by"`      // the user or API key that has set it, or what generates it
	URL        string    `json:"url"`     // of origin "url"
	Checked    time.Time `json:"checked"` // when it was last fetched
	Error      string    `json:"error"`   // why that failed; "" if it did not
}

// Declaration returns what a project declares. The status of the [Problem] is 404 if that is nothing.
func (c *Client) Declaration(ctx context.Context, project string) (Declaration, error) {
	var d Declaration
	err := c.call(ctx, http.MethodGet, path("projects", project, "declaration"), nil, nil, &d)
	return d, err
}

// Declare makes a document, in YAML or JSON, what a project declares.
func (c *Client) Declare(ctx context.Context, project string, document []byte) (d Declaration, err error) {
	err = c.exchange(ctx, http.MethodPut, path("projects", project, "declaration"), nil,
		"application/yaml", bytes.NewReader(document), &d) // JSON is YAML
	return d, err
}

// DeclareURL makes the server fetch the document of a project, now and from time to time.
func (c *Client) DeclareURL(ctx context.Context, project, address string) (d Declaration, err error) {
	query := url.Values{"url": {address}}
	err = c.call(ctx, http.MethodPut, path("projects", project, "declaration"), query, nil, &d)
	return d, err
}

// Drift returns how the calls of a project differ from what it declares. Of the filter, Trace, From and To
// count.
func (c *Client) Drift(ctx context.Context, project string, of Filter) (Findings, error) {
	of = Filter{Trace: of.Trace, From: of.From, To: of.To}
	var found Findings
	err := c.call(ctx, http.MethodGet, path("projects", project, "drift"), of.query(), nil, &found)
	return found, err
}

// RemoveDeclaration forgets the document that is in force.
func (c *Client) RemoveDeclaration(ctx context.Context, project string) error {
	return c.call(ctx, http.MethodDelete, path("projects", project, "declaration"), nil, nil, nil)
}

// DeclaredDocument writes the text of the document that a project declares to w.
func (c *Client) DeclaredDocument(ctx context.Context, project string, w io.Writer) error {
	return c.download(ctx, path("projects", project, "declaration", "document"), nil, w)
}
