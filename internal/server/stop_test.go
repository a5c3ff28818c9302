package server

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"testing"
	"time"
)

func TestStopEndsEventStreams(t *testing.T) {
	t.Parallel()
	f := start(t, newConfig(t))
	f.demo()
	a, err := f.browser.Do(f.request("GET", "/api/v1/projects/demo/events", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	lines := bufio.NewScanner(a.Body)
	for lines.Scan() && lines.Text() != "event: model" { // the last of the first three events
	}
	f.stop()
	for lines.Scan() {
	}
	if err := lines.Err(); err != nil {
		t.Errorf("the stream ended with an error: %v", err)
	}
	if strings.Contains(f.log.String(), "cut off") {
		t.Error("the stream was cut off")
	}
}

func TestStopEndsLongPolls(t *testing.T) {
	t.Parallel()
	f := start(t, newConfig(t))
	key, traceID := f.demo()
	r := f.request("POST", "/api/v1/agent/projects/demo/traces", map[string]any{
		"daemon": "d", "active_trace_ids": []string{traceID}, "wait_seconds": 60,
	})
	r.SetBasicAuth(key.ID, key.Secret)
	status := f.sendSlowly(r, func() {})
	f.stop() // the poll must end whether or not it waits already
	if got := <-status; got != http.StatusOK {
		t.Errorf("status %d, want 200", got)
	}
	if strings.Contains(f.log.String(), "cut off") {
		t.Error("the poll was cut off")
	}
}

func TestStopWaitsForPendingRequests(t *testing.T) {
	t.Parallel()
	f := start(t, newConfig(t))
	key, traceID := f.demo()
	address := f.listener.Addr().String()
	stopped := make(chan error, 1)
	status := f.sendSlowly(f.bundle(key, traceID, 2), func() {
		go func() { stopped <- f.Stop() }()
		eventually(t, func() bool { return !reachable(t, address) })
	})
	if got := <-status; got != http.StatusAccepted {
		t.Errorf("status %d, want 202", got)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

// sendSlowly sends the header of a request, calls meanwhile when the server reads
// the body, then sends the body. The channel receives the status, or 0 after an
// error.
func (f *fixture) sendSlowly(r *http.Request, meanwhile func()) <-chan int {
	f.t.Helper()
	content, err := io.ReadAll(r.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	body, write := io.Pipe()
	reading := make(chan struct{})
	trace := &httptrace.ClientTrace{Got100Continue: func() { close(reading) }}
	r = r.WithContext(httptrace.WithClientTrace(r.Context(), trace))
	r.Body, r.GetBody = body, nil
	r.Header.Set("Expect", "100-continue")
	f.browser.Transport.(*http.Transport).ExpectContinueTimeout = time.Minute
	status := make(chan int, 1)
	go func() {
		a, err := f.browser.Do(r)
		if err != nil {
			f.t.Log(err)
			status <- 0
			return
		}
		_ = a.Body.Close()
		status <- a.StatusCode
	}()
	<-reading
	meanwhile()
	if _, err := io.Copy(write, bytes.NewReader(content)); err != nil {
		f.t.Fatal(err)
	}
	if err := write.Close(); err != nil {
		f.t.Fatal(err)
	}
	return status
}

func reachable(t *testing.T, address string) bool {
	t.Helper()
	connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
	if err != nil {
		return false
	}
	if err := connection.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	return true
}
