package api

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a net.Listener for connections within the process, so that a server and
// its clients use the clock of a synctest bubble.
type pipes struct {
	accepted chan net.Conn
	closed   chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.accepted:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { close(p.closed); return nil }

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080} }

// addressed is a connection with an address, by which log-ins are limited.
type addressed struct {
	net.Conn
	from net.Addr
}

func (c addressed) RemoteAddr() net.Addr { return c.from }

func (p *pipes) dial(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	p.accepted <- addressed{server, p.Addr()}
	return client, nil
}

// serveHTTP2 serves a handler over HTTP/2 until the test ends and returns a
// transport that connects to it.
func serveHTTP2(t *testing.T, handler http.Handler) *http.Transport {
	t.Helper()
	listener := &pipes{accepted: make(chan net.Conn), closed: make(chan struct{})}
	var only http.Protocols
	only.SetUnencryptedHTTP2(true)
	server := &http.Server{
		Handler: handler, Protocols: &only, WriteTimeout: time.Minute, ReadHeaderTimeout: time.Minute,
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	transport := &http.Transport{Protocols: &only, DialContext: listener.dial}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		_ = server.Close()
		if err := <-served; !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("serve: %v", err)
		}
	})
	return transport
}

func TestEventStreamOverHTTP2StaysOpen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := setup(t)
		f.project("demo")
		transport := serveHTTP2(t, f.Handler)
		r := f.user().request("GET", "http://akita.example/api/v1/projects/demo/events", "")
		r.RequestURI = "" // must be empty in a client's request
		a, err := transport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Body.Close()
		if a.ProtoMajor != 2 || a.StatusCode != http.StatusOK {
			t.Fatalf("%s with status %d, want HTTP/2.0 with 200", a.Proto, a.StatusCode)
		}
		begun := time.Now()
		lines := bufio.NewScanner(a.Body)
		for time.Since(begun) < 5*time.Minute {
			if !lines.Scan() {
				t.Fatalf("the stream ended after %v: %v", time.Since(begun), lines.Err())
			}
		}
	})
}
