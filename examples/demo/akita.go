package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"time"
)

// akita speaks the REST API of an Akita server, as a user who has logged in.
type akita struct {
	base   string
	client *http.Client
}

func newAkita(base string) *akita {
	jar, _ := cookiejar.New(nil) // fails never
	return &akita{base, &http.Client{Jar: jar, Timeout: 10 * time.Second}}
}

type apiKey struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

type daemon struct {
	Name    string `json:"name"`
	State   string `json:"state"`
	Clients []struct {
		Name string `json:"name"`
	} `json:"clients"`
}

type trace struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type model struct {
	Witnesses int        `json:"witnesses"`
	Unmatched int        `json:"unmatched"`
	Endpoints []endpoint `json:"endpoints"`
}

type endpoint struct {
	Method    string   `json:"method"`
	Path      string   `json:"path"`
	Requests  int      `json:"requests"`
	ErrorRate float64  `json:"error_rate"`
	Auth      []string `json:"auth"`
	LatencyMs struct {
		P50 float64 `json:"p50"`
		P95 float64 `json:"p95"`
	} `json:"latency_ms"`
}

func (a *akita) logIn(ctx context.Context, username, password string) error {
	return a.call(ctx, http.MethodPost, "session", map[string]string{"username": username, "password": password}, nil)
}

func (a *akita) createProject(ctx context.Context, name string) error {
	return a.call(ctx, http.MethodPost, "projects", map[string]string{"name": name}, nil)
}

func (a *akita) createAPIKey(ctx context.Context, name string) (apiKey, error) {
	var key apiKey
	err := a.call(ctx, http.MethodPost, "api-keys", map[string]string{"name": name}, &key)
	return key, err
}

func (a *akita) daemons(ctx context.Context, project string) ([]daemon, error) {
	var list struct {
		Items []daemon `json:"items"`
	}
	err := a.call(ctx, http.MethodGet, "projects/"+url.PathEscape(project)+"/daemons", nil, &list)
	return list.Items, err
}

func (a *akita) startTrace(ctx context.Context, project string, hours int) (trace, error) {
	var t trace
	err := a.call(ctx, http.MethodPost, "projects/"+url.PathEscape(project)+"/traces", map[string]int{"duration_hours": hours}, &t)
	return t, err
}

func (a *akita) modelOf(ctx context.Context, project, trace string) (model, error) {
	var m model
	path := "projects/" + url.PathEscape(project) + "/model?trace=" + url.QueryEscape(trace)
	err := a.call(ctx, http.MethodGet, path, nil, &m)
	return m, err
}

// ready says whether the server answers.
func (a *akita) ready(ctx context.Context) bool {
	_, err := a.get(ctx, "/healthz")
	return err == nil
}

// packageIndex returns the page that lists the akita-django wheels.
func (a *akita) packageIndex(ctx context.Context) ([]byte, error) {
	return a.get(ctx, "/simple/akita-django/")
}

func (a *akita) get(ctx context.Context, path string) ([]byte, error) {
	return a.send(ctx, http.MethodGet, path, nil)
}

// call calls the REST API with a JSON body and decodes the JSON answer.
func (a *akita) call(ctx context.Context, method, path string, body, answer any) error {
	var encoded io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("encode %s: %w", path, err)
		}
		encoded = bytes.NewReader(b)
	}
	b, err := a.send(ctx, method, "/api/v1/"+path, encoded)
	if err != nil || answer == nil {
		return err
	}
	if err := json.Unmarshal(b, answer); err != nil {
		return fmt.Errorf("decode the answer of %s %s: %w", method, path, err)
	}
	return nil
}

func (a *akita) send(ctx context.Context, method, path string, body io.Reader) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, a.base+path, body)
	if err != nil {
		return nil, err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := a.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("read the answer of %s %s: %w", method, path, err)
	}
	if response.StatusCode >= http.StatusBadRequest {
		return nil, fmt.Errorf("%s %s answered %s: %s", method, path, response.Status, b)
	}
	return b, nil
}
