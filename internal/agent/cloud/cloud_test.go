package cloud_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"akita/internal/agent/cloud"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// client returns a client of the server at base, and its log.
func client(t *testing.T, base string) (*cloud.Client, *bytes.Buffer) {
	t.Helper()
	server, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	httpClient := cloud.NewHTTPClient()
	t.Cleanup(httpClient.CloseIdleConnections)
	log := &bytes.Buffer{}
	return cloud.New(cloud.Config{
		Server: server, KeyID: "apk_id", KeySecret: "canary-secret", Daemon: "laptop", Version: "v1",
		HTTPClient: httpClient, Now: func() time.Time { return now },
		Logger: slog.New(slog.NewTextHandler(log, nil)),
	}), log
}

func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	seen := now.Add(-time.Second)
	for name, c := range map[string]struct {
		call               func(*cloud.Client) error
		answer             string
		request, body, typ string
	}{
		"heartbeat": {
			func(c *cloud.Client) error {
				interval, err := c.Heartbeat(context.Background(), []cloud.ConnectedClient{{Project: "shop", Name: "web", LastSeen: seen}})
				if interval != 30*time.Second {
					return fmt.Errorf("interval is %v", interval)
				}
				return err
			},
			`{"interval_seconds":30}`,
			"POST /base/api/v1/agent/heartbeat",
			`{"name":"laptop","version":"v1","clients":[{"project":"shop","name":"web","last_seen":"2026-01-02T03:04:04Z"}]}`,
			"application/json",
		},
		"first heartbeat": {
			func(c *cloud.Client) error { return c.Introduce(context.Background()) },
			`{"interval_seconds":30}`,
			"POST /base/api/v1/agent/heartbeat", `{"name":"laptop","version":"v1","clients":[]}`, "application/json",
		},
		"poll": {
			func(c *cloud.Client) error {
				answer, err := c.PollTraces(context.Background(), "team/shop 50%", nil, 50*time.Second)
				if answer.ProjectID != "svc_1" || len(answer.Traces) != 1 || answer.Traces[0].Name != "panda" {
					return fmt.Errorf("answer is %+v, %w", answer, err)
				}
				return err
			},
			`{"project_id":"svc_1","project_name":"shop","traces":[{"id":"lrn_1","name":"panda","end":"2026-01-02T03:04:05Z"}],"later":1}`,
			"POST /base/api/v1/agent/projects/team%2Fshop%2050%25/traces",
			`{"daemon":"laptop","active_trace_ids":[],"wait_seconds":50}`, "application/json",
		},
		"poll for a project with a name made of dots": {
			func(c *cloud.Client) error {
				_, err := c.PollTraces(context.Background(), "..", []string{"lrn_1"}, 0)
				return err
			},
			`{"project_id":"svc_1","traces":[]}`,
			"POST /base/api/v1/agent/projects/%2E./traces",
			`{"daemon":"laptop","active_trace_ids":["lrn_1"],"wait_seconds":0}`, "application/json",
		},
		"bundle": {
			func(c *cloud.Client) error {
				return c.PutBundle(context.Background(), "svc_1", "lrn_1", "bdl_1", []byte("payload"))
			},
			`{"witnesses":1}`,
			"PUT /base/api/v1/agent/projects/svc_1/traces/lrn_1/bundles/bdl_1", "payload", "application/x-ndjson",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base := serve(t, func(w http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if got := r.Method + " " + r.URL.EscapedPath(); err != nil || got != c.request || string(body) != c.body {
					t.Errorf("got  %s %s %v\nwant %s %s", got, body, err, c.request, c.body)
				}
				if id, secret, ok := r.BasicAuth(); !ok || id != "apk_id" || secret != "canary-secret" {
					t.Errorf("key is %s:%s", id, secret)
				}
				if got := r.Header.Get("Content-Type"); got != c.typ {
					t.Errorf("Content-Type is %s, want %s", got, c.typ)
				}
				_, _ = io.WriteString(w, c.answer)
			})
			client, _ := client(t, base+"/base/")
			if err := c.call(client); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	problem := func(code string) string { return `{"code":"` + code + `","detail":"details"}` }
	for name, c := range map[string]struct {
		status     int
		body       string // a problem where it begins with {
		header     http.Header
		verdict    cloud.Verdict
		retryAfter time.Duration
	}{
		"400":                        {400, problem("invalid_request"), nil, cloud.Permanent, 0},
		"401":                        {401, problem("invalid_credentials"), nil, cloud.Refused, 0},
		"403":                        {403, problem("forbidden"), nil, cloud.Refused, 0},
		"401 of something else":      {401, "<h1>Who are you?</h1>", nil, cloud.Retry, 0},
		"403 of something else":      {403, "<h1>Forbidden</h1>", nil, cloud.Retry, 0},
		"404, no project":            {404, problem("project_not_found"), nil, cloud.Gone, 0},
		"404, no trace":              {404, problem("trace_not_found"), nil, cloud.Gone, 0},
		"404 of something else":      {404, "<h1>Not found</h1>", nil, cloud.Retry, 0},
		"408":                        {408, "", nil, cloud.Retry, 0},
		"413":                        {413, problem("too_large"), nil, cloud.Permanent, 0},
		"415":                        {415, problem("invalid_request"), nil, cloud.Permanent, 0},
		"422":                        {422, problem("invalid_request"), nil, cloud.Permanent, 0},
		"429":                        {429, "", http.Header{"Retry-After": {"7"}}, cloud.Retry, 7 * time.Second},
		"500":                        {500, "", nil, cloud.Retry, 0},
		"502":                        {502, "", nil, cloud.Retry, 0},
		"503 with seconds":           {503, problem("queue_full"), http.Header{"Retry-After": {"2"}}, cloud.Retry, 2 * time.Second},
		"503 with a date":            {503, "", http.Header{"Retry-After": {"Fri, 02 Jan 2026 03:04:15 GMT"}}, cloud.Retry, 10 * time.Second},
		"503 with a date gone by":    {503, "", http.Header{"Retry-After": {"Thu, 01 Jan 2026 00:00:00 GMT"}}, cloud.Retry, 0},
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

// TestAStrangersSuccessIsNone: what is on the way, or on the port, may answer 200 to
// anything. Taken at its word, it would make the daemon throw witnesses away.
func TestAStrangersSuccessIsNone(t *testing.T) {
	t.Parallel()
	calls := map[string]func(c *cloud.Client) error{
		"poll": func(c *cloud.Client) error {
			_, err := c.PollTraces(context.Background(), "shop", nil, 0)
			return err
		},
		"bundle": func(c *cloud.Client) error {
			return c.PutBundle(context.Background(), "svc_1", "lrn_1", "bdl_1", []byte("payload"))
		},
	}
	for operation, call := range calls {
		for name, body := range map[string]string{
			"nothing":         "",
			"a log-in page":   "<h1>Please log in</h1>",
			"another API":     `{"status":"ok"}`,
			"an empty object": "{}",
			"null":            "null",
		} {
			t.Run(operation+", "+name, func(t *testing.T) {
				t.Parallel()
				client, _ := client(t, serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }))
				if err := call(client); err == nil || cloud.VerdictOn(err) != cloud.Retry {
					t.Errorf("error is %v, want one to retry on", err)
				}
			})
		}
	}
}

func TestAServerThatIsAwayIsRetriedAndExplained(t *testing.T) {
	t.Parallel()
	plain := serve(t, func(http.ResponseWriter, *http.Request) {})
	secure := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	secure.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	secure.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	secure.StartTLS()
	t.Cleanup(secure.Close)
	broken := serve(t, func(w http.ResponseWriter, _ *http.Request) { hangUp(t, w) })
	for name, c := range map[string]struct{ base, explanation string }{
		"it hangs up":           {broken, "the connection broke. What is captured is kept on disk; trying again"},
		"nothing listens":       {"http://" + freeAddress(t), "nothing listens there; start `akita server` or correct --server (AKITA_SERVER)"},
		"HTTPS to an HTTP port": {strings.Replace(plain, "http:", "https:", 1), "it does not speak HTTPS; write http:// in --server (AKITA_SERVER)"},
		"an unknown authority":  {secure.URL, "signed by an authority that this machine does not know"},
		"a name that is none":   {"http://akita.invalid", "its name cannot be resolved"},
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

// TestAnotherServersAnswerIsExplained: it answers, but it is no Akita server.
func TestAnotherServersAnswerIsExplained(t *testing.T) {
	t.Parallel()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	for name, c := range map[string]struct{ base, explanation string }{
		"HTTP to an HTTPS port":       {strings.Replace(secure.URL, "https:", "http:", 1), "400 Bad Request: it may speak HTTPS: then write https:// in --server (AKITA_SERVER)"},
		"a proxy that wants a log-in": {serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }), "401 Unauthorized: it is not the Akita server that refuses, but something on the way to it"},
		"a wrong path":                {serve(t, http.NotFound), "404 Not Found: there is no Akita server at this address: correct --server (AKITA_SERVER)"},
	} {
		client, log := client(t, c.base)
		for range 3 {
			if err := client.PutBundle(t.Context(), "svc_1", "lrn_1", "bdl_1", nil); err == nil || cloud.VerdictOn(err) != cloud.Retry {
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

// freeAddress is one on which nothing listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

// TestEachTroubleIsSaidOnceAndOnceWhenItIsOver drives a client through a bad day.
func TestEachTroubleIsSaidOnceAndOnceWhenItIsOver(t *testing.T) {
	t.Parallel()
	var answers atomic.Int64 // the status, 0 for none
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		status := int(answers.Load())
		if status == 0 {
			hangUp(t, w)
			return
		}
		if status == 503 && strings.HasSuffix(r.URL.Path, "/heartbeat") {
			_, _ = io.WriteString(w, `{}`) // only uploads are in trouble
			return
		}
		if status == 401 {
			refuse(w)
			return
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"witnesses":1}`)
	})
	client, log := client(t, base)
	for _, status := range []int64{200, 0, 0, 503, 503, 200, 401, 401, 200, 200} {
		answers.Store(status)
		_, _ = client.Heartbeat(t.Context(), nil)
		_ = client.PutBundle(t.Context(), "svc_1", "lrn_1", "bdl_1", nil)
	}
	var said []string
	for line := range strings.Lines(log.String()) {
		said = append(said, strings.SplitN(strings.SplitN(line, "msg=", 2)[1], ":", 2)[0])
	}
	for i, want := range []string{
		`"Cannot reach the server http`, `"The server http`,
		`"The server cannot serve the daemon; trying again" err="upload`, `"The server serves the daemon again" operation=upload`,
		`"The server refuses the API key`, `"The server accepts the API key again"`,
	} {
		if i >= len(said) || strings.TrimSpace(said[i]) != want {
			t.Fatalf("line %d is not %q; all of it:\n%s", i, want, log)
		}
	}
	if len(said) != 6 {
		t.Errorf("%d lines, want 6:\n%s", len(said), log)
	}
}

// refuse answers as an Akita server does that does not know the API key.
func refuse(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = io.WriteString(w, `{"code":"unauthenticated"}`)
}

func TestARefusalAtTheStartIsTheCallersToSay(t *testing.T) {
	t.Parallel()
	base := serve(t, func(w http.ResponseWriter, _ *http.Request) { refuse(w) })
	client, log := client(t, base)
	if err := client.Introduce(t.Context()); cloud.VerdictOn(err) != cloud.Refused {
		t.Errorf("got %v", err)
	}
	if log.Len() != 0 {
		t.Errorf("log is %s", log)
	}
}

func TestStoppingIsNoTrouble(t *testing.T) {
	t.Parallel()
	base := serve(t, func(http.ResponseWriter, *http.Request) {})
	client, log := client(t, base)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.PollTraces(ctx, "shop", nil, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if log.Len() != 0 {
		t.Errorf("log is %s", log)
	}
}
