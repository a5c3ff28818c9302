package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
)

// proxy passes TCP connections on to a server and applies the current fault to them. To a
// client it looks like a bad network.
type proxy struct {
	listener net.Listener
	dialer   net.Dialer
	target   string // host:port
	fault    atomic.Pointer[fault]
	resets   atomic.Int64 // connections that the proxy broke
	forged   atomic.Int64 // answers that did not come from the server

	mu     sync.Mutex
	links  map[*link]struct{} // the open ones
	closed bool
	served sync.WaitGroup
}

// link is one connection through the proxy.
type link struct {
	proxy  *proxy
	daemon *net.TCPConn   // from the daemon
	server *net.TCPConn   // to the server
	deaf   [2]atomic.Bool // by direction: bytes were dropped, so nothing may follow them
}

// way is a direction of a connection.
type way int

const (
	toServer way = iota
	toDaemon
)

// errReset makes the proxy reset a connection.
var errReset = errors.New("reset")

// errHangUp makes the proxy close a connection in order.
var errHangUp = errors.New("hang up")

// listenProxy starts a proxy without a fault on a free port.
func listenProxy(ctx context.Context, target string) (*proxy, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the proxy: %w", err)
	}
	p := &proxy{listener: listener, target: target, links: make(map[*link]struct{})}
	p.fault.Store(&fault{name: "none", carry: pass})
	p.served.Go(p.accept)
	return p, nil
}

func (p *proxy) url() string { return "http://" + p.listener.Addr().String() }

// set makes fault the current one, also for open connections. It resets the connections that
// the previous fault broke, unless that one leaves them dead.
func (p *proxy) set(f fault) {
	before := p.fault.Swap(&f)
	if before.leavesDead {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for l := range p.links {
		if l.deaf[toServer].Load() || l.deaf[toDaemon].Load() {
			l.reset()
		}
	}
}

// close closes all connections and the proxy.
func (p *proxy) close() error {
	err := p.listener.Close()
	p.mu.Lock()
	p.closed = true
	for l := range p.links {
		l.reset()
	}
	p.mu.Unlock()
	p.served.Wait()
	return err
}

func (p *proxy) accept() {
	for {
		conn, err := p.listener.Accept()
		if err != nil {
			return // the proxy is closed
		}
		p.served.Go(func() { p.serve(conn.(*net.TCPConn)) })
	}
}

func (p *proxy) serve(daemon *net.TCPConn) {
	conn, err := p.dialer.DialContext(context.Background(), "tcp", p.target) // loopback: succeeds at once, or not at all
	if err != nil {
		abort(daemon) // as if nothing listened
		return
	}
	l := &link{proxy: p, daemon: daemon, server: conn.(*net.TCPConn)}
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		l.reset()
		return
	}
	p.links[l] = struct{}{}
	p.mu.Unlock()
	var ways sync.WaitGroup
	ways.Go(func() { l.pump(toServer, l.daemon, l.server) })
	ways.Go(func() { l.pump(toDaemon, l.server, l.daemon) })
	ways.Wait()
	p.mu.Lock()
	delete(p.links, l)
	p.mu.Unlock()
	_ = l.daemon.Close()
	_ = l.server.Close()
}

// pump carries one direction until it ends.
func (l *link) pump(w way, from, to *net.TCPConn) {
	buffer := make([]byte, 16<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 && !l.deaf[w].Load() {
			if !l.goesOn(l.proxy.fault.Load().carry(l, w, buffer[:n])) {
				return
			}
		}
		if err != nil {
			if !l.deaf[w].Load() { // else the end of the stream is dropped too
				_ = to.CloseWrite()
			}
			return
		}
	}
}

// goesOn reports whether the connection continues, and ends it if the fault's error says so.
func (l *link) goesOn(err error) bool {
	switch {
	case err == nil:
		return true
	case errors.Is(err, errHangUp):
		_ = l.daemon.Close()
		_ = l.server.Close()
	default:
		l.proxy.resets.Add(1)
		l.reset()
	}
	return false
}

// write passes bytes on unchanged.
func (l *link) write(w way, b []byte) error {
	to := l.server
	if w == toDaemon {
		to = l.daemon
	}
	_, err := to.Write(b)
	return err
}

// reset breaks both sides: each sees "connection reset by peer".
func (l *link) reset() {
	abort(l.daemon)
	abort(l.server)
}

func abort(c *net.TCPConn) {
	_ = c.SetLinger(0) // fails on a closed connection
	_ = c.Close()
}
