// Package hartest makes HAR entries for tests.
package hartest

import (
	"strings"
	"time"

	"pgregory.net/rapid"

	"akita/internal/har"
)

const post = "POST"

// Call returns a GET of https://a.test with a response in JSON; "" is a response without a body.
func Call(url string, status int, answer string, more ...func(*har.Entry)) har.Entry {
	e := har.Entry{
		Started: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC),
		Latency: 10 * time.Millisecond,
		Request: har.Request{Method: "GET", URL: "https://a.test" + url},
		Response: har.Response{
			Status: status,
			Size:   -1,
		},
	}
	if answer != "" {
		e.Response.Body = &har.Body{MediaType: "application/json", Text: answer}
	}
	for _, change := range more {
		change(&e)
	}
	return e
}

// Sends makes a call a POST of JSON; "" is a POST without a body.
func Sends(text string) func(*har.Entry) {
	return func(e *har.Entry) {
		e.Request.Method = post
		if text != "" {
			e.Request.Body = &har.Body{MediaType: "application/json", Text: text}
		}
	}
}

// Submits makes a call a POST of a form.
func Submits(text string) func(*har.Entry) {
	return func(e *har.Entry) {
		e.Request.Method = post
		e.Request.Body = &har.Body{MediaType: "application/x-www-form-urlencoded", Text: text}
	}
}

// RequestHeader adds a header to the request.
func RequestHeader(name, value string) func(*har.Entry) {
	return func(e *har.Entry) { e.Request.Headers = append(e.Request.Headers, har.Pair{Name: name, Value: value}) }
}

// ResponseHeader adds a header to the response.
func ResponseHeader(name, value string) func(*har.Entry) {
	return func(e *har.Entry) {
		e.Response.Headers = append(e.Response.Headers, har.Pair{Name: name, Value: value})
	}
}

// Fetched makes a call one of a browser, with the reason that its recording gives.
func Fetched(resourceType string) func(*har.Entry) {
	return func(e *har.Entry) { e.ResourceType = resourceType }
}

// At moves a call to another host.
func At(host string) func(*har.Entry) {
	return func(e *har.Entry) { e.Request.URL = strings.Replace(e.Request.URL, "//a.test", "//"+host, 1) }
}

// By makes a call one of a consumer that the application's code names.
func By(name, version string) func(*har.Entry) {
	return func(e *har.Entry) { e.Akita.Consumer, e.Akita.ConsumerVersion = name, version }
}

// Routed makes a call one whose route the framework knows.
func Routed(route string) func(*har.Entry) {
	return func(e *har.Entry) { e.Akita = har.Akita{Known: true, Route: route} }
}

// Draw draws a call of a small API. Unusual calls are among them, so that every branch of the model is
// reached.
func Draw(t *rapid.T) har.Entry {
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	path := pick(
		"path", "/users", "/users/1", "/users/2", "/users/me", "/users/0f8fad5b-d9cb-469f-a165-70867728950e/orders",
		"/articles/quick-fox", "/articles/lazy-dog", "/articles/deep-sea", "/wp-admin", "/",
		"/odata/Users(1)", "/odata/Lines(User=1,Item='x')", "/@ann/posts", "/cars;year=7;color=red", "/users/1:lock",
		"/api/2026-01/users", "/api/2026-04/users", "/registry/user:ann", "/-/users",
	)
	e := har.Entry{
		Started: time.Date(2026, 1, 5, 9, 0, rapid.IntRange(0, 59).Draw(t, "second"), 0, time.UTC),
		Latency: time.Duration(rapid.IntRange(-1, 5000).Draw(t, "latency")) * time.Millisecond,
		Request: har.Request{
			Method: pick("method", "GET", "GET", post, "DELETE"),
			URL: "http://" + pick("host", "a.test", "b.test:8000") + path + pick(
				"query", "", "?page=1", "?page=x&tag=a&tag=b", "?c[0][id]=1&c[1][id]=2", "?api_key=secret",
			),
		},
		Response: har.Response{
			Status: rapid.SampledFrom([]int{0, 200, 200, 201, 204, 400, 404, 405, 500}).Draw(t, "status"), Size: -1,
		},
	}
	if auth := pick("auth", "", "Bearer abc", "Basic abc", "Token abc"); auth != "" {
		e.Request.Headers = append(e.Request.Headers, har.Pair{Name: "Authorization", Value: auth})
	}
	if e.Request.Method == post {
		e.Request.Body = &har.Body{
			MediaType: pick(
				"request type", "application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data",
			),
			Text: pick(
				"request", `{"jsonrpc":"2.0","method":"a.get","id":1}`, `{"query":"{a}"}`,
				`{"query":"query B{a}","variables":{"x":1}}`,
				`[{"jsonrpc":"2.0","method":"a.get","id":1},{"jsonrpc":"2.0","method":"b","id":2,"params":[1]}]`,
				`{"a":1}`, `{"b":[]}`, "a=1&b=2", "a[0]=1&a[1]={}", "a=%7B%7D&b=%5B1%5D", "{",
				"--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--",
				"--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"x\"\r\nContent-Type: image/png\r\n\r\n\r\n--b--",
			),
		}
	}
	body := pick(
		"response", `{"id":1,"result":1}`, `{"data":{"a":1}}`, `{"errors":[{}]}`,
		`[{"id":2,"result":"x"},{"id":1,"error":{}}]`,
		"", `{"id":1,"name":"x"}`, `{"id":1,"name":null,"tags":["a"]}`, `{"type":"a","at":1,"x":1}`,
		`{"type":"b","at":1,"y":1,"z":2}`, `[{"id":1.5}]`, `{"2026-01-05":1}`, "<html>", `{"id":NaN}`, `)]}'[1]`,
		"\x1f\x8b\x08", `{"id":`,
	)
	if body != "" {
		e.Response.Body = &har.Body{
			MediaType: pick("response type", "application/json", "application/json", "text/html"), Text: body,
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "akita") == 0 {
		e.Akita = har.Akita{
			Known: true, Route: pick("route", "", "users/<int:pk>", "users/<uuid:pk>", "^users$", "users/<name>"),
			View: pick("view", "", "shop.Users"),
		}
	}
	if agent := pick("agent", "", "curl/8.5.0", "Mozilla/5.0 Firefox/121.0"); agent != "" {
		e.Request.Headers = append(e.Request.Headers, har.Pair{Name: "User-Agent", Value: agent})
	}
	if consumer := pick("consumer", "", "", "mobile-app", "billing job", "12345"); consumer != "" {
		e.Akita.Consumer, e.Akita.ConsumerVersion = consumer, pick("consumer version", "", "3.1", "3.2", "?")
		e.Akita.ConsumerInHeader = rapid.Bool().Draw(t, "consumer in header")
	}
	e.ResourceType = pick("resource type", "", "", "xhr", "image", "document", "ping", "preflight")
	return e
}
