package local

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// counted is a listener that counts its open connections.
type counted struct {
	net.Listener
	mu        sync.Mutex
	open, max int
}

func (l *counted) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open++
	l.max = max(l.max, l.open)
	return &countedConn{Conn: conn, listener: l}, nil
}

type countedConn struct {
	net.Conn
	listener *counted
	once     sync.Once
}

func (c *countedConn) Close() error {
	c.once.Do(func() {
		c.listener.mu.Lock()
		defer c.listener.mu.Unlock()
		c.listener.open--
	})
	return c.Conn.Close()
}

// TestConnectionsAreBounded opens more connections than the bound. All are served, as
// others close.
func TestConnectionsAreBounded(t *testing.T) {
	t.Parallel()
	const bound, clients = 2, 20
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener := &counted{Listener: inner}
	s := New(Config{Status: func() any { return struct{}{} }, Now: time.Now, Logger: slog.New(slog.DiscardHandler)})
	s.connections = bound
	s.Serve([]net.Listener{listener}, "127.0.0.1", func(err error) { t.Error(err) })
	defer func() {
		if err := s.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	conns := make([]net.Conn, clients)
	for i := range conns {
		if conns[i], err = net.Dial("tcp", inner.Addr().String()); err != nil {
			t.Fatal(err)
		}
		defer conns[i].Close()
		if _, err := io.WriteString(conns[i], "GET /status HTTP/1.1\r\nHost: "+inner.Addr().String()+"\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
	}
	for i, conn := range conns {
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("client %d: %v, %v", i, resp, err)
		}
		if err := errors.Join(resp.Body.Close(), conn.Close()); err != nil {
			t.Error(err)
		}
	}
	if listener.max != bound {
		t.Errorf("%d connections at once, want %d", listener.max, bound)
	}
}
