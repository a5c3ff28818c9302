package local

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"akita/internal/agent/token"
)

// guarded returns a server that requires a token.
func guarded(t *testing.T) (*bench, token.Token) {
	t.Helper()
	shared, err := token.Parse("a token of this machine")
	if err != nil {
		t.Fatal(err)
	}
	return setupWith(t, func(config *Config) { config.Token = shared }), shared
}

// signed returns the headers of a client that knows the token and dialled the server.
func (b *bench) signed(shared token.Token, method, path string) (pairs []string, proven func(http.Header) bool) {
	header := http.Header{}
	proven = shared.Sign(header, method, path, strings.TrimPrefix(b.url, "http://"))
	for name := range header {
		pairs = append(pairs, name, header.Get(name))
	}
	return pairs, proven
}

func TestTokenIsRequired(t *testing.T) {
	t.Parallel()
	b, shared := guarded(t)
	other, err := token.Parse("a token of another one")
	if err != nil {
		t.Fatal(err)
	}
	const ask = `{"client_name":"web","active_trace_ids":[]}`
	for name, c := range map[string]struct {
		method, path, body string
		status             int // with the token
	}{
		"registration":  {"POST", "/v1/services/django-demo/middleware", ask, 202},
		"events":        {"POST", eventsPath, `{"client_name":"web","trace_events":[` + entry + `]}`, 202},
		"proof":         {"POST", "/v1/proof", "{}", 204},
		"status":        {"GET", "/status", "", 200},
		"unknown path":  {"POST", "/other", "{}", 404},
		"wrong method":  {"GET", eventsPath, "", 405},
		"unknown trace": {"POST", "/v1/services/django-demo/traces/x/events", "{}", 404},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mine, proven := b.signed(shared, c.method, c.path)
			status, _, header := b.send(c.method, c.path, c.body, mine...)
			if status != c.status || !proven(header) {
				t.Errorf("with the token: %d, want %d; proven: %v", status, c.status, proven(header))
			}
			theirs, proven := b.signed(other, c.method, c.path)
			status, answer, header := b.send(c.method, c.path, c.body, theirs...)
			if status != 401 || proven(header) || header.Get("WWW-Authenticate") == "" {
				t.Errorf("with another token: %d %s", status, answer)
			}
			status, answer, header = b.send(c.method, c.path, c.body)
			if status != 401 || header.Get(token.ProofHeader) != "" ||
				!strings.Contains(answer, "set AKITA_DAEMON_TOKEN_FILE (or AKITA_DAEMON_TOKEN)") {
				t.Errorf("without one: %d %s", status, answer)
			}
		})
	}
}

func TestTokenDoesNotBypassTheGuard(t *testing.T) {
	t.Parallel()
	b, shared := guarded(t)
	for name, c := range map[string]struct {
		header []string
		status int
	}{
		"a rebound host name": {[]string{"Host", "evil.example"}, 421},
		"a page":              {[]string{"Origin", "http://evil.example"}, 403},
	} {
		mine, _ := b.signed(shared, "GET", "/status")
		if status, answer, _ := b.send("GET", "/status", "", append(mine, c.header...)...); status != c.status {
			t.Errorf("%s: %d %s, want %d", name, status, answer, c.status)
		}
	}
}

func TestDaemonWithoutToken(t *testing.T) {
	t.Parallel()
	b := setup(t)
	mine, proven := func() ([]string, func(http.Header) bool) {
		shared, err := token.Parse("a token that only I have")
		if err != nil {
			t.Fatal(err)
		}
		return b.signed(shared, "POST", "/v1/proof")
	}()
	status, answer, header := b.send("POST", "/v1/proof", "{}", mine...)
	if status != 404 || proven(header) || !strings.Contains(answer, "--token-file (AKITA_DAEMON_TOKEN_FILE)") {
		t.Errorf("got %d %s, proven: %v", status, answer, proven(header))
	}
	if status, answer := b.post(eventsPath, `{"client_name":"old","trace_events":[`+entry+`]}`); status != 202 {
		t.Errorf("an old middleware: %d %s", status, answer)
	}
}

func TestStatusTakesOnlyGET(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for method, want := range map[string]int{"GET": 200, "POST": 405, "DELETE": 405, "HEAD": 405} {
		status, _, header := b.send(method, "/status", "")
		if status != want || status == 405 && header.Get("Allow") != "GET" {
			t.Errorf("%s: %d with Allow %q", method, status, header.Get("Allow"))
		}
	}
}

func TestOnlyMiddlewaresAreServed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	port := b.url[strings.LastIndex(b.url, ":"):]
	const ask = `{"client_name":"web","active_trace_ids":[]}`
	for name, c := range map[string]struct {
		method, path string
		header       []string
		status       int
		message      string
	}{
		"a middleware": {"POST", "/v1/services/django-demo/middleware", nil, 202, "activated_traces"},
		"by the name localhost": {
			"POST", "/v1/services/django-demo/middleware", []string{"Host", "LocalHost" + port}, 202, "activated_traces",
		},
		"by IPv6": {
			"POST", "/v1/services/django-demo/middleware", []string{"Host", "[::1]" + port}, 202, "activated_traces",
		},
		"with a charset": {
			"POST", "/v1/services/django-demo/middleware", []string{"Content-Type", "Application/JSON; charset=utf-8"}, 202,
			"activated_traces",
		},
		"a rebound host name": {
			"POST", "/v1/services/django-demo/middleware", []string{"Host", "evil.example" + port}, 421, "Misdirected request",
		},
		"another port": {
			"POST", "/v1/services/django-demo/middleware", []string{"Host", "127.0.0.1:1"}, 421, "Misdirected request",
		},
		"no port": {
			"POST", "/v1/services/django-demo/middleware", []string{"Host", "127.0.0.1"}, 421, "Misdirected request",
		},
		"a page with an origin": {
			"POST", "/v1/services/django-demo/middleware", []string{"Origin", "http://localhost" + port}, 403, "Forbidden",
		},
		"a page without an origin": {
			"POST", "/v1/services/django-demo/middleware", []string{"Origin", "null"}, 403, "Forbidden",
		},
		"a browser, same-origin": {
			"POST", "/v1/services/django-demo/middleware", []string{"Sec-Fetch-Site", "same-origin"}, 403, "Forbidden",
		},
		"a preflight": {
			"OPTIONS", "/v1/services/django-demo/middleware", []string{"Origin", "http://evil.example"}, 403, "Forbidden",
		},
		"another method":             {"GET", "/v1/services/django-demo/middleware", nil, 405, "Method not allowed"},
		"another method, for events": {"PUT", eventsPath, nil, 405, "Method not allowed"},
		"a simple form": {
			"POST", "/v1/services/django-demo/middleware", []string{"Content-Type", "text/plain"}, 415,
			`Content-Type header is not \"application/json\"`,
		},
		"no type": {
			"POST", eventsPath, []string{"Content-Type", "-"}, 415, `Content-Type header is not \"application/json\"`,
		},
		"another path":  {"POST", "/v1/services/django-demo", nil, 404, "Not found"},
		"a longer path": {"POST", "/v1/services/django-demo/middleware/x", nil, 404, "Not found"},
		"the root":      {"GET", "/", nil, 404, "Not found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, answer, header := b.send(c.method, c.path, ask, c.header...)
			if status != c.status || !strings.Contains(answer, c.message) {
				t.Errorf("got %d %s, want %d with %s", status, answer, c.status, c.message)
			}
			if got := header.Get("Content-Type"); got != "application/json; charset=utf-8" {
				t.Errorf("Content-Type is %q", got)
			}
			if allow := header.Get("Allow"); (status == http.StatusMethodNotAllowed) != (allow == "POST") {
				t.Errorf("Allow is %q", allow)
			}
			for name := range header {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("there is a %s", name)
				}
			}
		})
	}
}

// An old middleware proves the token without the address.
func TestOldProofIsTaken(t *testing.T) {
	t.Parallel()
	b := setupWith(t, func(config *Config) {
		var err error
		if config.Token, err = token.Parse("0123456789abcdef"); err != nil {
			t.Fatal(err)
		}
	})
	const nonce = "000102030405060708090a0b0c0d0e0f"
	const proof = "5f6495ada64fa505180b302480fbf3daf36a4e80a87c8bb7e5958419bc90ebe4"
	const answered = "9203cd44deff6834270e2b102d865c9a5b12e59f7c9d231258b6bf36f2617b4b"
	status, answer, header := b.send("POST", "/v1/proof", "{}", token.NonceHeader, nonce, token.AuthHeader, proof)
	if status != 204 || header.Get(token.ProofHeader) != answered {
		t.Errorf("got %d %s, proof %q", status, answer, header.Get(token.ProofHeader))
	}
	if !strings.Contains(b.log.String(), "A middleware cannot detect a process that relays its requests") {
		t.Errorf("the log is %s", b.log)
	}
}

// relay listens on a port of its own and sends what it receives to the address of a daemon,
// with the Host that the daemon expects. It plays a process that wants to pass for the daemon.
func relay(t *testing.T, daemon string) string {
	t.Helper()
	to := &url.URL{Scheme: "http", Host: daemon}
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }})
	t.Cleanup(proxy.Close)
	return proxy.Listener.Addr().String()
}

func TestRelayCannotPassForTheDaemon(t *testing.T) {
	t.Parallel()
	b, shared := guarded(t)
	daemon := strings.TrimPrefix(b.url, "http://")
	dialled := relay(t, daemon)
	for name, c := range map[string]struct {
		dial    string
		spoil   func(http.Header)
		status  int
		message string
	}{
		"the daemon itself": {daemon, func(http.Header) {}, 204, ""},
		"a relay":           {dialled, func(http.Header) {}, 401, "You dialled " + dialled + ", but reached the daemon at " + daemon},
		"a relay that names the daemon's address": {
			dialled, func(h http.Header) { h.Set(token.AddressHeader, daemon) }, 401, "requires its token",
		},
		"a relay that asks for an old proof": {
			dialled, func(h http.Header) { h.Del(token.AddressHeader) }, 401, "requires its token",
		},
	} {
		proof := "http://" + c.dial + "/v1/proof"
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, proof, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		proven := shared.Sign(req.Header, req.Method, "/v1/proof", c.dial)
		c.spoil(req.Header)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(resp.Body)
		if err = errors.Join(err, resp.Body.Close()); err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode != c.status || !strings.Contains(string(answer), c.message) {
			t.Errorf("%s: %d %s", name, resp.StatusCode, answer)
		}
		if got := proven(resp.Header); got != (c.status == 204) {
			t.Errorf("%s: proven is %v", name, got)
		}
	}
}
