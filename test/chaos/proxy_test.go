package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestFaults checks what a client sees of each fault, and whether its request reaches the
// server.
func TestFaults(t *testing.T) {
	t.Parallel()
	const silence = "no answer"
	tests := []struct {
		fault   string
		sees    string // status and body; "error" for a broken exchange
		reached bool
	}{
		{"none", "200 real", true},
		{"delay", "200 real", true},
		{"throttle", "200 real", true},
		{"reset at once", "error", false},
		{"reset in the request", "error", false},
		{"answer lost", "error", true},
		{"answer cut short", "error", true},
		{"black hole", silence, false},
		{"request half closed", "400 400 Bad Request", false},
		{"answer half closed", "error", true},
		{"garbage", "error", true},
		{"429", "429 ", false},
		{"503", "503 ", false},
		{"502", "502 <h1>Bad Gateway</h1>", false},
		{"404", "404 <h1>Not Found</h1>", false},
		{"captive portal", "200 <h1>Please log in to the Wi-Fi</h1>", false},
		{"another JSON API", `200 {"status": "ok"}`, false},
	}
	if len(tests) != len(faults) {
		t.Errorf("%d faults are tested, and there are %d", len(tests), len(faults))
	}
	for _, tt := range tests {
		t.Run(tt.fault, func(t *testing.T) {
			t.Parallel()
			url, p, reached := behindProxy(t)
			p.set(faultNamed(t, tt.fault))
			patience := 20 * time.Second
			if tt.sees == silence {
				patience = 200 * time.Millisecond
			}
			if sees := exchange(t, url, patience); sees != tt.sees && (sees != silence || tt.sees != "error") {
				t.Errorf("the client sees %q, want %q", sees, tt.sees)
			}
			if got := reached.Load() > 0; got != tt.reached {
				t.Errorf("the request reached the server: %t, want %t", got, tt.reached)
			}
			p.set(faults[0])
			if sees := exchange(t, url, 20*time.Second); sees != "200 real" {
				t.Errorf("when it is over the client sees %q", sees)
			}
		})
	}
}

// behindProxy starts a server that answers "real" and counts complete requests.
// It answers an incomplete body as net/http answers an incomplete head.
func behindProxy(t *testing.T) (url string, p *proxy, reached *atomic.Int64) {
	t.Helper()
	reached = new(atomic.Int64)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, "400 Bad Request")
			return
		}
		reached.Add(1)
		fmt.Fprint(w, "real")
	}))
	t.Cleanup(server.Close)
	p, err := listenProxy(t.Context(), server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.close(); err != nil {
			t.Error(err)
		}
	})
	return p.url(), p, reached
}

// exchange makes one request on a new connection and returns the result.
func exchange(t *testing.T, url string, patience time.Duration) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader("a request with a body"))
	if err != nil {
		t.Fatal(err)
	}
	request.Close = true
	response, err := http.DefaultTransport.RoundTrip(request)
	if err == nil {
		defer response.Body.Close()
		var body []byte
		if body, err = io.ReadAll(response.Body); err == nil {
			return fmt.Sprintf("%d %s", response.StatusCode, body)
		}
	}
	if ctx.Err() != nil {
		return "no answer"
	}
	return "error"
}

func faultNamed(t *testing.T, name string) fault {
	t.Helper()
	for _, f := range faults {
		if f.name == name {
			return f
		}
	}
	t.Fatalf("unknown fault %q", name)
	return fault{}
}
