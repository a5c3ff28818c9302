package local

import (
	"container/list"
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// maxConnections bounds the open connections of each listener. It is larger than the
// requests that admission lets wait, so that there is always a connection to close.
const maxConnections = 2048

// minIdle is how long a client may keep the daemon waiting, at least, before its connection
// is closed in favour of a new one.
const minIdle = time.Second

// connections is a listener that bounds its open connections. A connection takes about
// 20 KB, even if nothing is sent on it. If there are too many, the connection is closed on which
// the daemon has waited for its client the longest, so that idle connections cannot keep
// others out.
type connections struct {
	net.Listener
	max     int
	minIdle time.Duration

	mu      sync.Mutex
	count   int
	idle    list.List     // of *connection, on which the daemon waits; the longest first
	changed chan struct{} // has a value after a connection was closed or became idle
	closed  chan struct{}
	closing sync.Once
}

func newConnections(l net.Listener, limit int, minIdle time.Duration) *connections {
	return &connections{
		Listener: l, max: limit, minIdle: minIdle,
		changed: make(chan struct{}, 1), closed: make(chan struct{}),
	}
}

// connection is an open connection of a connections.
type connection struct {
	net.Conn
	owner *connections

	// These are guarded by owner.mu.
	open  bool
	place *list.Element // in owner.idle; nil while a request is served
	since time.Time     // when it became idle
}

// Accept returns the next connection when there is room for it.
func (l *connections) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &connection{Conn: conn, owner: l}
	for !l.admit(c) {
		select {
		case <-l.changed:
		case <-time.After(l.nextIdle()):
		case <-l.closed:
			_ = conn.Close() // the listener's error matters more
			return nil, net.ErrClosed
		}
	}
	return c, nil
}

// admit adds a connection if there is room, or closes another one for it.
func (l *connections) admit(c *connection) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.count >= l.max {
		victim := l.victim()
		if victim == nil {
			return false
		}
		l.remove(victim)
		_ = victim.Conn.Close() // its client notices
	}
	l.count++
	c.open = true
	l.wait(c)
	return true
}

// victim returns the connection to close for a new one; nil if there is none yet. The
// caller holds mu.
func (l *connections) victim() *connection {
	if front := l.idle.Front(); front != nil {
		if c := front.Value.(*connection); time.Since(c.since) >= l.minIdle {
			return c
		}
	}
	return nil
}

// nextIdle returns how long it takes until there may be a victim.
func (l *connections) nextIdle() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if front := l.idle.Front(); front != nil {
		return max(l.minIdle-time.Since(front.Value.(*connection).since), 0)
	}
	return l.minIdle
}

// wait makes a connection the most recent idle one. The caller holds mu.
func (l *connections) wait(c *connection) {
	if c.place != nil {
		l.idle.Remove(c.place)
	}
	c.since, c.place = time.Now(), l.idle.PushBack(c)
}

// serve marks a connection as not idle. The caller holds mu.
func (l *connections) serve(c *connection) {
	if c.place != nil {
		l.idle.Remove(c.place)
		c.place = nil
	}
}

// remove forgets a connection. The caller holds mu.
func (l *connections) remove(c *connection) {
	if c.open {
		l.serve(c)
		c.open = false
		l.count--
	}
}

// notify wakes Accept.
func (l *connections) notify() {
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

// Close implements net.Listener.
func (l *connections) Close() error {
	l.closing.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

// Close implements net.Conn.
func (c *connection) Close() error {
	err := c.Conn.Close()
	c.owner.mu.Lock()
	c.owner.remove(c)
	c.owner.mu.Unlock()
	c.owner.notify()
	return err
}

// connectionKey is the context key of the *connection of a request.
type connectionKey struct{}

// withConnection is the http.Server.ConnContext of a Server.
func withConnection(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, conn)
}

// touched calls touch for each request.
func touched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		touch(r.Context())
		next.ServeHTTP(w, r)
	})
}

// touch notes that a client has sent a request, so that its connection is now the last to
// be closed.
func touch(ctx context.Context) {
	if c, ok := ctx.Value(connectionKey{}).(*connection); ok {
		c.owner.mu.Lock()
		defer c.owner.mu.Unlock()
		if c.open && c.place != nil {
			c.owner.wait(c)
		}
	}
}

// keep keeps the connection of a request open until release is called, since it is the
// client that waits.
func keep(ctx context.Context) (release func()) {
	c, ok := ctx.Value(connectionKey{}).(*connection)
	if !ok { // a request without a network
		return func() {}
	}
	c.owner.mu.Lock()
	defer c.owner.mu.Unlock()
	c.owner.serve(c)
	return func() {
		c.owner.mu.Lock()
		if c.open {
			c.owner.wait(c)
		}
		c.owner.mu.Unlock()
		c.owner.notify()
	}
}
