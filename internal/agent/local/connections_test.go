package local

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
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
// others close. One more than the bound is accepted, and waits.
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
	if listener.max > bound+1 {
		t.Errorf("%d connections at once, want at most %d", listener.max, bound+1)
	}
}

// dial opens a connection to the bench's server.
func (b *bench) dial() net.Conn {
	b.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(b.url, "http://"))
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// request writes a request, or a part of one.
func (b *bench) request(conn net.Conn, text string) {
	b.t.Helper()
	text = strings.ReplaceAll(text, "HOST", conn.RemoteAddr().String())
	if _, err := io.WriteString(conn, strings.ReplaceAll(text, "\n", "\r\n")); err != nil {
		b.t.Fatal(err)
	}
}

// answer reads an answer, within a time in which no other time limit ends.
func (b *bench) answer(conn net.Conn) (status int, body string) {
	b.t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(headerTimeout - time.Second)); err != nil {
		b.t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	text, err := io.ReadAll(resp.Body)
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		b.t.Fatal(err)
	}
	return resp.StatusCode, strings.TrimSpace(string(text))
}

// heldRequestText is a middleware request that is held.
const heldRequestText = "POST /v1/services/unasked/middleware HTTP/1.1\nHost: HOST\n" +
	"Content-Type: application/json\nContent-Length: 2\n\n{}"

func TestIdleConnectionsDoNotKeepOthersOut(t *testing.T) {
	t.Parallel()
	const bound = 12
	for name, part := range map[string]string{
		"nothing is sent":        "",
		"the head is not ended":  "GET /status HTTP/1.1\nHost: HOST\n",
		"the body does not come": "POST /v1/services/shop/middleware HTTP/1.1\nHost: HOST\nContent-Type: application/json\nContent-Length: 99\n\n{",
		"events do not begin":    "POST " + eventsPath + " HTTP/1.1\nHost: HOST\nContent-Type: application/json\nContent-Length: 99\n\n",
		"the request is over":    "GET /status HTTP/1.1\nHost: HOST\n\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				l := newPipes()
				b := setupOn(t, l, func(*Config) {}, func(s *Server) {
					s.connections, s.minIdle = bound, 10*time.Millisecond
				})
				hold := l.dial(t)
				b.request(hold, heldRequestText)
				synctest.Wait() // for the server to hold the request
				for range 3 * bound {
					b.request(l.dial(t), part)
				}
				// Another process is served nevertheless.
				conn := l.dial(t)
				b.request(conn, "GET /status HTTP/1.1\nHost: HOST\n\n")
				if status, body := b.answer(conn); status != http.StatusOK {
					t.Errorf("got %d %s", status, body)
				}
				// A client that waits for an answer keeps its connection.
				b.registry.Miss("unasked")
				if status, body := b.answer(hold); status != http.StatusNotFound {
					t.Errorf("the held request: %d %s", status, body)
				}
			})
		})
	}
}

// pipes is a listener in memory, for tests with a clock of their own.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	close  sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (l *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 50080} }

func (l *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipes) Close() error {
	l.close.Do(func() { close(l.closed) })
	return nil
}

// dial opens a connection, when the server accepts it.
func (l *pipes) dial(t *testing.T) net.Conn {
	client, server := net.Pipe()
	t.Cleanup(func() { _ = client.Close() })
	l.conns <- server
	return pipe{client, l.Addr()}
}

// pipe is a connection to an address.
type pipe struct {
	net.Conn
	remote net.Addr
}

func (p pipe) RemoteAddr() net.Addr { return p.remote }

func TestConnectionsThatWaitForTheDaemonAreKept(t *testing.T) {
	t.Parallel()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := newConnections(inner, 2, 0)
	dial := func() (client net.Conn) {
		if client, err = net.Dial("tcp", inner.Addr().String()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = client.Close() })
		return client
	}
	accept := func() context.Context {
		conn, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		return withConnection(t.Context(), conn)
	}
	dial()
	first := accept()
	dial()
	second := accept()
	release := keep(first)
	dial()
	accept()
	if second.Value(connectionKey{}).(*connection).open {
		t.Error("the idle connection was kept")
	}
	if !first.Value(connectionKey{}).(*connection).open {
		t.Error("the connection that waits was closed")
	}
	release()
	dial()
	accept() // closes the other idle one
	dial()
	accept()
	if first.Value(connectionKey{}).(*connection).open {
		t.Error("the connection was kept after its request")
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}
