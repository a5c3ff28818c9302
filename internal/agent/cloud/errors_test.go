package cloud_test

import (
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"akita/internal/agent/cloud"
)

func TestVerdicts(t *testing.T) {
	t.Parallel()
	problem := func(code string) string { return `{"code":"` + code + `","detail":"details"}` }
	for name, c := range map[string]struct {
		status     int
		body       string // a problem if it begins with {
		header     http.Header
		verdict    cloud.Verdict
		retryAfter time.Duration
	}{
		"400":                   {400, problem("invalid_request"), nil, cloud.Permanent, 0},
		"401":                   {401, problem("invalid_credentials"), nil, cloud.Refused, 0},
		"403":                   {403, problem("forbidden"), nil, cloud.Refused, 0},
		"401 of something else": {401, "<h1>Who are you?</h1>", nil, cloud.Retry, 0},
		"403 of something else": {403, "<h1>Forbidden</h1>", nil, cloud.Retry, 0},
		"404, no project":       {404, problem("project_not_found"), nil, cloud.Gone, 0},
		"404, no trace":         {404, problem("trace_not_found"), nil, cloud.Gone, 0},
		"404 of something else": {404, "<h1>Not found</h1>", nil, cloud.Retry, 0},
		"408":                   {408, "", nil, cloud.Retry, 0},
		"413":                   {413, problem("too_large"), nil, cloud.Permanent, 0},
		"415":                   {415, problem("invalid_request"), nil, cloud.Permanent, 0},
		"422":                   {422, problem("invalid_request"), nil, cloud.Permanent, 0},
		"429":                   {429, "", http.Header{"Retry-After": {"7"}}, cloud.Retry, 7 * time.Second},
		"500":                   {500, "", nil, cloud.Retry, 0},
		"502":                   {502, "", nil, cloud.Retry, 0},
		"503 with seconds": {
			503, problem("queue_full"), http.Header{"Retry-After": {"2"}}, cloud.Retry, 2 * time.Second,
		},
		"503 with a date": {
			503, "", http.Header{"Retry-After": {"Fri, 02 Jan 2026 03:04:15 GMT"}}, cloud.Retry, 10 * time.Second,
		},
		"503 with a date gone by": {
			503, "", http.Header{"Retry-After": {"Thu, 01 Jan 2026 00:00:00 GMT"}}, cloud.Retry, 0,
		},
		"503 with a very long wait":  {503, "", http.Header{"Retry-After": {"86400"}}, cloud.Retry, 5 * time.Minute},
		"503 with nonsense":          {503, "", http.Header{"Retry-After": {"soon"}}, cloud.Retry, 0},
		"a redirect":                 {308, "", http.Header{"Location": {"https://elsewhere.example/"}}, cloud.Retry, 0},
		"200 of something else":      {200, "<h1>Welcome</h1>", nil, cloud.Retry, 0},
		"a problem that cannot be":   {400, `{"code":1}`, nil, cloud.Retry, 0},
		"a proxy's 400":              {400, "<h1>Bad Request</h1>", nil, cloud.Retry, 0},
		"a 404 that lies about JSON": {404, `{"code":`, nil, cloud.Retry, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				for name, values := range c.header {
					w.Header()[name] = values
				}
				if strings.HasPrefix(c.body, "{") {
					w.Header().Set("Content-Type", "application/problem+json; charset=utf-8")
				}
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			})
			client, _ := client(t, base)
			_, err := client.Heartbeat(t.Context(), nil)
			if err == nil {
				t.Fatal("no error")
			}
			if got := cloud.VerdictOn(err); got != c.verdict {
				t.Errorf("verdict on %q is %v, want %v", err, got, c.verdict)
			}
			if got := cloud.RetryAfter(err); got != c.retryAfter {
				t.Errorf("to wait: %v, want %v", got, c.retryAfter)
			}
			if strings.Contains(err.Error(), "canary") {
				t.Errorf("the secret is in %q", err)
			}
		})
	}
}

func TestUnreachableServer(t *testing.T) {
	t.Parallel()
	plain := serve(t, func(http.ResponseWriter, *http.Request) {})
	secure := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	secure.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	secure.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	secure.StartTLS()
	t.Cleanup(secure.Close)
	broken := serve(t, func(w http.ResponseWriter, _ *http.Request) { hangUp(t, w) })
	for name, c := range map[string]struct{ base, explanation string }{
		"it hangs up": {broken, "the connection broke. What is captured stays on disk; trying again"},
		"nothing listens": {
			"http://" + freeAddress(t), "nothing listens there; start `akita server` or correct --server (AKITA_SERVER)",
		},
		"HTTPS to an HTTP port": {
			strings.Replace(plain, "http:", "https:", 1), "it does not speak HTTPS; write http:// in --server (AKITA_SERVER)",
		},
		"an unknown authority": {secure.URL, "signed by an authority that this machine does not know"},
		"an unknown host name": {"http://akita.invalid", "its name cannot be resolved"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, log := client(t, c.base)
			for range 3 {
				if _, err := client.Heartbeat(t.Context(), nil); err == nil || cloud.VerdictOn(err) != cloud.Retry {
					t.Fatalf("got %v", err)
				}
			}
			if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), c.explanation) {
				t.Errorf("log is %s, want one line with %q", log, c.explanation)
			}
		})
	}
}

func TestAnswersOfOtherPrograms(t *testing.T) {
	t.Parallel()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	for name, c := range map[string]struct{ base, explanation string }{
		"HTTP to an HTTPS port": {
			strings.Replace(secure.URL, "https:", "http:", 1),
			"400 Bad Request: it may expect HTTPS: then write https:// in --server (AKITA_SERVER)",
		},
		"a proxy that wants a log-in": {
			serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }),
			"401 Unauthorized: this does not come from the Akita server, but from something on the way to it",
		},
		"a wrong path": {
			serve(t, http.NotFound),
			"404 Not Found: there is no Akita server at this address: correct --server (AKITA_SERVER)",
		},
	} {
		client, log := client(t, c.base)
		for range 3 {
			if err := client.PutBundle(t.Context(), "svc_1", "lrn_1", "bdl_1", nil, nil); err == nil ||
				cloud.VerdictOn(err) != cloud.Retry {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), c.explanation) {
			t.Errorf("%s: log is %s, want one line with %q", name, log, c.explanation)
		}
	}
}

// hangUp closes the connection without an answer.
func hangUp(t *testing.T, w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	_ = conn.Close()
}

// freeAddress returns an address on which nothing listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}
