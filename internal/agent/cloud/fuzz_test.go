package cloud_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"akita/internal/agent/cloud"
)

// answering is a transport that answers every request in the same way.
type answering struct{ answer func() *http.Response }

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := a.answer()
	answer.Request = r
	return answer, nil
}

// FuzzAnswer checks that a call ends with a verdict, a bounded wait and a bounded message after
// any answer, and that only an answer of an Akita server makes the verdict final.
func FuzzAnswer(f *testing.F) {
	f.Add(
		200,
		"application/json",
		"",
		"",
		`{"project_id":"svc_1","traces":[{"id":"lrn_1","name":"panda","end":"2026-01-02T03:04:05Z","sampling_rate":0.5}]}`,
	)
	f.Add(202, "application/json", "", "", `{"witnesses":1}`)
	f.Add(200, "application/json", "", "", `{"interval_seconds":30}`)
	f.Add(404, "application/problem+json", "", "", `{"code":"trace_not_found","detail":"x"}`)
	f.Add(429, "text/html", "7", "", "<h1>")
	f.Add(503, "", "Fri, 02 Jan 2026 03:04:15 GMT", "", "")
	f.Add(308, "", "", "https://elsewhere.example/", "")
	f.Fuzz(func(t *testing.T, status int, mediaType, retryAfter, location, body string) {
		if status < 200 || status > 999 {
			return
		}
		client := cloud.New(cloud.Config{
			Server: &url.URL{Scheme: "http", Host: "akita.test"}, KeyID: "apk_id", KeySecret: "canary-secret",
			HTTPClient: &http.Client{
				Transport: answering{func() *http.Response {
					return &http.Response{
						StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Body: io.NopCloser(strings.NewReader(body)),
						Header: http.Header{"Content-Type": {mediaType}, "Retry-After": {retryAfter}, "Location": {location}},
					}
				}},
				CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			},
			Now: func() time.Time { return now }, Logger: slog.New(slog.DiscardHandler),
		})
		check := func(err error) {
			if wait := cloud.RetryAfter(err); wait < 0 || wait > 5*time.Minute {
				t.Fatalf("to wait: %v", wait)
			}
			if err == nil {
				return
			}
			if text := err.Error(); len(text) > 2000+len(location) ||
				strings.Contains(text, "canary") && !strings.Contains(body+location, "canary") ||
				utf8.ValidString(body+location) && !utf8.ValidString(text) {
				t.Fatalf("the error is %q", text)
			}
			if cloud.VerdictOn(err) != cloud.Retry && !strings.Contains(body, "code") &&
				!strings.Contains(strings.ToLower(body), `"c`) &&
				!strings.Contains(body, `\u`) {
				t.Fatalf("a stranger's word is final: %v", err)
			}
		}
		_, err := client.Heartbeat(t.Context(), nil)
		check(err)
		_, err = client.PollTraces(t.Context(), "shop", nil, 0)
		check(err)
		check(client.PutBundle(t.Context(), bundle))
		check(client.PutDeclaration(t.Context(), "shop", now, "", []byte("{}")))
		check(client.PutRoutes(t.Context(), "shop", now, []byte("{}")))
	})
}
