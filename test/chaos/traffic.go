package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// block is how many batches of one sender share a ledger route. The model's count of that route
// shows where a call was lost or counted twice.
const block = 100

// Sizes of batches, in calls.
const (
	usualBatch = 20  // the most of a usual batch
	burstBatch = 500 // one batch in 100
)

// batchName identifies a batch. Name and seed determine its calls.
type batchName struct {
	sender, number int
}

func (b batchName) id() string { return fmt.Sprintf("sender%d-batch%d", b.sender, b.number) }

// calls returns the calls of a batch: one to its ledger route, and some to a shop.
func (b batchName) calls(seed uint64) []call {
	random := rand.New(rand.NewPCG(seed, uint64(b.sender)<<32|uint64(b.number)))
	count := 1 + random.IntN(usualBatch)
	if random.IntN(100) == 0 {
		count = burstBatch
	}
	calls := []call{{
		method: "GET", path: fmt.Sprintf("/ledger/sender%d/block%d/", b.sender, b.number/block),
		status: 200, answer: `{"ok": true}`, latency: 1,
	}}
	calls[0].route = calls[0].path
	for range count {
		calls = append(calls, shopCall(random))
	}
	return calls
}

// call is one call of an API. A middleware makes a HAR entry of it.
type call struct {
	method, path, token, body string
	route                     string // as the framework writes it; "" if it gives none
	status                    int
	answer                    string
	latency                   float64 // ms
}

// endpoint returns the path under which a model lists the call.
func (c call) endpoint() string {
	segments := strings.Split(c.path, "/")
	for i, segment := range segments {
		if _, err := strconv.Atoi(segment); err == nil {
			segments[i] = "{}"
		}
	}
	return strings.Join(segments, "/")
}

// shopCall draws a call to a shop. Methods, statuses, types and credentials vary, so that a
// lost or repeated call changes the model.
func shopCall(random *rand.Rand) call {
	number := random.IntN(100_000)
	c := call{status: 200, latency: 1 + 50*random.ExpFloat64()}
	switch random.IntN(5) {
	case 0:
		c.method, c.path, c.route, c.token = "GET", fmt.Sprintf(
			"/api/users/%d/",
			number,
		), "api/users/<int:pk>/", "opaque"
		c.answer = fmt.Sprintf(
			`{"id": %d, "email": "user%d@example.com", "joined": "2026-03-04T05:06:07Z"}`,
			number,
			number,
		)
		if number%7 == 0 {
			c.answer = fmt.Sprintf(`{"id": %d, "email": null}`, number)
		}
	case 1:
		c.method, c.path, c.route = "GET", fmt.Sprintf("/api/users/%d/", number), "api/users/<int:pk>/"
		c.status, c.answer = 404, `{"detail": "Not found."}`
	case 2:
		c.method, c.path, c.route = "GET", "/api/articles/", "api/articles/"
		c.answer = fmt.Sprintf(`[{"slug": "article-%d", "price": %d.5, "tags": ["a", "b"]}]`, number, number)
	case 3:
		c.method, c.path, c.token = "POST", "/api/orders/", "opaque"
		c.body = fmt.Sprintf(`{"article": "article-%d", "amount": %d, "gift": %t}`, number, number%9, number%2 == 0)
		c.status, c.answer = 201, fmt.Sprintf(`{"id": %d}`, number)
	default:
		c.method, c.path, c.token = "DELETE", fmt.Sprintf("/api/orders/%d/", number), "opaque"
		c.status = 204
	}
	return c
}

// epoch is the time of the first call. It is fixed, so that the calls depend on the seed alone.
var epoch = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// entry returns the call as a HAR 1.2 entry.
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
	entry := map[string]any{
		"startedDateTime": epoch.Format(time.RFC3339Nano),
		"time":            c.latency,
		"request":         request,
		"response": map[string]any{
			"status": c.status, "statusText": "", "httpVersion": "HTTP/1.1", "cookies": []any{},
			"headers":     []map[string]string{{"name": "Content-Type", "value": "application/json"}},
			"content":     map[string]any{"size": len(c.answer), "mimeType": "application/json", "text": c.answer},
			"redirectURL": "", "headersSize": -1, "bodySize": len(c.answer),
		},
		"cache":   map[string]any{},
		"timings": map[string]any{"send": 0, "wait": c.latency, "receive": 0},
	}
	if c.route != "" {
		entry["_akita"] = map[string]any{"route": c.route}
	}
	return entry
}
