package rig

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

// Key is an API key.
type Key struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

// Trace is a trace, as the API tells.
type Trace struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Witnesses int    `json:"witnesses"`
}

// Daemon is a daemon, as the API tells.
type Daemon struct {
	Name    string `json:"name"`
	State   string `json:"state"`
	Clients []struct {
		Name string `json:"name"`
	} `json:"clients"`
}

// Endpoint is one endpoint of a model, as the API tells.
type Endpoint struct {
	ID       string         `json:"id"`
	Method   string         `json:"method"`
	Path     string         `json:"path"`
	Requests int            `json:"requests"`
	Errors   int            `json:"errors"`
	Statuses map[string]int `json:"statuses"`
	Auth     []string       `json:"auth"`
}

// Model is an API model, as the API tells.
type Model struct {
	Witnesses int        `json:"witnesses"`
	Endpoints []Endpoint `json:"endpoints"`
}

// Client speaks the REST API.
type Client struct {
	URL  string // of the server
	Key  Key    // if set, sent with each request
	HTTP *http.Client
}

// LogIn starts a session, which the client's cookie jar keeps.
func (c *Client) LogIn(ctx context.Context, username, password string) error {
	return c.do(ctx, http.MethodPost, "session", map[string]string{"username": username, "password": password}, nil)
}

// CreateProject creates a project.
func (c *Client) CreateProject(ctx context.Context, name string) error {
	return c.do(ctx, http.MethodPost, "projects", map[string]string{"name": name}, nil)
}

// CreateKey creates an API key.
func (c *Client) CreateKey(ctx context.Context, name string) (Key, error) {
	var key Key
	err := c.do(ctx, http.MethodPost, "api-keys", map[string]string{"name": name}, &key)
	return key, err
}

// StartTrace starts a trace of one hour.
func (c *Client) StartTrace(ctx context.Context, project string) (Trace, error) {
	var trace Trace
	err := c.do(ctx, http.MethodPost, "projects/"+url.PathEscape(project)+"/traces", map[string]int{"duration_hours": 1}, &trace)
	return trace, err
}

// StopTrace stops a trace.
func (c *Client) StopTrace(ctx context.Context, project, trace string) error {
	return c.do(ctx, http.MethodPost, "projects/"+url.PathEscape(project)+"/traces/"+url.PathEscape(trace)+"/stop", nil, nil)
}

// Traces lists a project's traces.
func (c *Client) Traces(ctx context.Context, project string) ([]Trace, error) {
	var list struct {
		Items []Trace `json:"items"`
	}
	err := c.do(ctx, http.MethodGet, "projects/"+url.PathEscape(project)+"/traces", nil, &list)
	return list.Items, err
}

// Daemons lists daemons with the project's clients.
func (c *Client) Daemons(ctx context.Context, project string) ([]Daemon, error) {
	var list struct {
		Items []Daemon `json:"items"`
	}
	err := c.do(ctx, http.MethodGet, "projects/"+url.PathEscape(project)+"/daemons", nil, &list)
	return list.Items, err
}

// Model gets a project's model.
func (c *Client) Model(ctx context.Context, project string) (Model, error) {
	var model Model
	err := c.do(ctx, http.MethodGet, "projects/"+url.PathEscape(project)+"/model", nil, &model)
	return model, err
}

// Get opens a path below /api/v1/, for what is not answered with one JSON value. The caller closes the body.
func (c *Client) Get(ctx context.Context, path string) (*http.Response, error) {
	return c.send(ctx, http.MethodGet, path, nil)
}

func (c *Client) do(ctx context.Context, method, path string, in, out any) error {
	response, err := c.send(ctx, method, path, in)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if out == nil {
		return nil
	}
	if err := json.NewDecoder(response.Body).Decode(out); err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	return nil
}

func (c *Client) send(ctx context.Context, method, path string, in any) (*http.Response, error) {
	var body io.Reader
	if in != nil {
		encoded, err := json.Marshal(in)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", method, path, err)
		}
		body = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.URL+"/api/v1/"+path, body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	if in != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.Key.ID != "" {
		request.SetBasicAuth(c.Key.ID, c.Key.Secret)
	}
	response, err := c.HTTP.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	if response.StatusCode >= http.StatusBadRequest {
		defer response.Body.Close()
		problem, err := io.ReadAll(io.LimitReader(response.Body, 1<<12))
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", method, path, err)
		}
		return nil, fmt.Errorf("%s %s: %s: %s", method, path, response.Status, problem)
	}
	return response, nil
}

// Until asks again and again, every 10 ms, until the condition holds, fails, or ctx ends.
// It is for conditions in other processes that cannot signal.
func Until(ctx context.Context, condition func() (bool, error)) error {
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		holds, err := condition()
		if holds || err != nil {
			return err
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
