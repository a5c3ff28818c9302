package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
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
func (c *Client) Declare(ctx context.Context, project string, document []byte) (Declaration, error) {
	target := c.operation(path("projects", project, "declaration"), nil)
	request, err := c.request(ctx, http.MethodPut, target, bytes.NewReader(document))
	if err != nil {
		return Declaration{}, err
	}
	request.Header.Set("Content-Type", "application/yaml") // JSON is YAML
	return c.declaration(request)
}

// DeclareURL makes the server fetch the document of a project, now and from time to time.
func (c *Client) DeclareURL(ctx context.Context, project, address string) (Declaration, error) {
	target := c.operation(path("projects", project, "declaration"), url.Values{"url": {address}})
	request, err := c.request(ctx, http.MethodPut, target, nil)
	if err != nil {
		return Declaration{}, err
	}
	return c.declaration(request)
}

func (c *Client) declaration(request *http.Request) (d Declaration, err error) {
	response, err := c.do(&c.http, request)
	if err != nil {
		return d, err
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&d); err != nil {
		return d, fmt.Errorf("%s %s: decode the answer: %w", request.Method, request.URL.Path, err)
	}
	return d, nil
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
	target := c.operation(path("projects", project, "declaration", "document"), nil)
	response, err := c.send(ctx, &c.http, http.MethodGet, target, nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(w, response.Body)
	return err
}
