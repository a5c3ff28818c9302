package wire_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"akita/client"
)

// call is one call to a small shop. A middleware makes a HAR entry of it.
type call struct {
	method, path, token, body string
	status                    int
	answer                    string
}

// shopCalls is the traffic of an API; shopModel is the model of five times that traffic.
var (
	shopCalls = []call{
		{"GET", "/api/users/17/", "s3cret", "", 200, `{"id": 17, "email": "ada@example.com"}`},
		{"GET", "/api/users/4211/", "s3cret", "", 200, `{"id": 4211, "email": null}`},
		{"GET", "/api/users/9/", "s3cret", "", 404, `{"detail": "Not found."}`},
		{"GET", "/api/articles/", "", "", 200, `[{"slug": "first", "tags": ["a", "b"]}]`},
		{"POST", "/api/articles/", "s3cret", `{"title": "Second", "published": false}`, 201, `{"slug": "second"}`},
	}
	shopModel = []string{
		"GET /api/articles/ 5 map[200:5] []",
		"POST /api/articles/ 5 map[201:5] [bearer]",
		"GET /api/users/{}/ 15 map[200:10 404:5] [bearer]",
	}
)

// summary returns an endpoint on one line, without the names of path parameters.
func summary(e client.Endpoint) string {
	segments := strings.Split(e.Path, "/")
	for i, segment := range segments {
		if strings.HasPrefix(segment, "{") {
			segments[i] = "{}"
		}
	}
	return fmt.Sprintf("%s %s %d %v %v", e.Method, strings.Join(segments, "/"), e.Requests, e.Statuses, e.Auth)
}

// entry returns the call as the HAR 1.2 entry that the published middleware writes.
func (c call) entry() map[string]any {
	headers := []map[string]string{
		{"name": "Host", "value": "shop.example"},
		{"name": "Content-Type", "value": "application/json"},
	}
	if c.token != "" {
		headers = append(headers, map[string]string{"name": "Authorization", "value": "Bearer " + c.token})
	}
	request := map[string]any{
		"method": c.method, "url": "http://shop.example" + c.path, "httpVersion": "HTTP/1.1",
		"cookies": []any{}, "headers": headers, "queryString": []any{}, "headersSize": -1, "bodySize": len(c.body),
	}
	if c.body != "" {
		request["postData"] = map[string]any{"mimeType": "application/json", "text": c.body, "params": []any{}}
	}
	return map[string]any{
		"startedDateTime": time.Now().UTC().Format(time.RFC3339Nano),
		"time":            12.5,
		"request":         request,
		"response": map[string]any{
			"status": c.status, "statusText": "", "httpVersion": "HTTP/1.1", "cookies": []any{},
			"headers":     []map[string]string{{"name": "Content-Type", "value": "application/json"}},
			"content":     map[string]any{"size": len(c.answer), "mimeType": "application/json", "text": c.answer},
			"redirectURL": "", "headersSize": -1, "bodySize": len(c.answer),
		},
		"cache":   map[string]any{},
		"timings": map[string]any{"send": 0, "wait": 12.5, "receive": 0},
	}
}

// contextFor returns the test's context with a time limit.
func contextFor(t *testing.T, limit time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	return ctx
}
