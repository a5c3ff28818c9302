package main

import (
	"math/rand/v2"
	"strconv"
	"time"
)

// fault is a way in which a network, or something in it, is bad.
type fault struct {
	name string
	// carry does with a piece of a connection what the fault does, usually write
	// it; an error ends the connection.
	carry func(l *link, w way, piece []byte) error
	// leavesDead: connections that it has spoiled stay silent for ever when it is over.
	leavesDead bool
}

var faults = []fault{
	{name: "none", carry: pass},
	{name: "delay", carry: delay},
	{name: "throttle", carry: throttle},
	{name: "reset at once", carry: func(*link, way, []byte) error { return errReset }},
	{name: "reset in the request", carry: resetInRequest},
	{name: "answer lost", carry: loseAnswer},
	{name: "answer cut short", carry: cutAnswer},
	{name: "black hole", carry: swallow},
	{name: "request half closed", carry: halfCloseRequest},
	{name: "answer half closed", carry: halfCloseAnswer},
	{name: "garbage", carry: garbage},
	{name: "429", carry: forge("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\n", "")},
	{name: "503", carry: forge("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n", "")},
	{name: "502", carry: forge("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n", "<h1>Bad Gateway</h1>")},
	{name: "404", carry: forge("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n", "<h1>Not Found</h1>")},
	{name: "captive portal", carry: forge("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", "<h1>Please log in to the Wi-Fi</h1>")},
	{name: "another JSON API", carry: forge("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n", `{"status": "ok"}`)},
}

// deadLinks is the slowest fault: connections fall silent and stay so, as after a
// router has lost its table. Only time limits help.
var deadLinks = fault{name: "dead connections", carry: swallow, leavesDead: true}

func pass(l *link, w way, piece []byte) error { return l.write(w, piece) }

// delay is a slow way, as over a satellite.
func delay(l *link, w way, piece []byte) error {
	time.Sleep(20*time.Millisecond + rand.N(300*time.Millisecond))
	return l.write(w, piece)
}

// throttle is a narrow way: 64 KB/s.
func throttle(l *link, w way, piece []byte) error {
	for len(piece) > 0 {
		n := min(len(piece), 1<<10)
		if err := l.write(w, piece[:n]); err != nil {
			return err
		}
		piece = piece[n:]
		time.Sleep(16 * time.Millisecond)
	}
	return nil
}

// resetInRequest breaks the connection somewhere in what the daemon says.
func resetInRequest(l *link, w way, piece []byte) error {
	if w == toDaemon {
		return l.write(w, piece)
	}
	if err := l.write(w, piece[:rand.N(len(piece))]); err != nil {
		return err
	}
	return errReset
}

// loseAnswer lets the server do its work, and the daemon not know.
func loseAnswer(l *link, w way, piece []byte) error {
	if w == toDaemon {
		return errReset
	}
	return l.write(w, piece)
}

func cutAnswer(l *link, w way, piece []byte) error {
	if w == toServer {
		return l.write(w, piece)
	}
	if err := l.write(w, piece[:rand.N(len(piece))]); err != nil {
		return err
	}
	return errHangUp
}

// swallow says nothing, breaks nothing, and lets nothing through.
func swallow(l *link, w way, _ []byte) error {
	l.deaf[w].Store(true)
	return nil
}

// halfCloseRequest ends the server's side of the conversation in the middle of the
// daemon's.
func halfCloseRequest(l *link, w way, piece []byte) error {
	if w == toDaemon {
		return l.write(w, piece)
	}
	if err := l.write(w, piece[:rand.N(len(piece))]); err != nil {
		return err
	}
	l.deaf[w].Store(true)
	return l.server.CloseWrite()
}

// halfCloseAnswer ends the daemon's side before the answer, and goes on listening.
func halfCloseAnswer(l *link, w way, piece []byte) error {
	if w == toServer {
		return l.write(w, piece)
	}
	l.deaf[w].Store(true)
	return l.daemon.CloseWrite()
}

// garbage puts noise in place of the answer.
func garbage(l *link, w way, piece []byte) error {
	if w == toServer {
		return l.write(w, piece)
	}
	noise := make([]byte, 1+rand.N(4<<10))
	for i := range noise {
		noise[i] = byte(rand.Uint32())
	}
	l.proxy.forged.Add(1)
	if err := l.write(w, noise); err != nil {
		return err
	}
	return errHangUp
}

// forge answers each connection's first bytes as something between daemon and
// server would; the server never hears of it.
func forge(head, body string) func(*link, way, []byte) error {
	answer := []byte(head + "Content-Length: " + strconv.Itoa(len(body)) + "\r\nConnection: close\r\n\r\n" + body)
	return func(l *link, w way, _ []byte) error {
		if w == toDaemon {
			return errReset // of a request made before
		}
		l.proxy.forged.Add(1)
		l.deaf[w].Store(true) // what else the daemon says is read and thrown away
		if err := l.write(toDaemon, answer); err != nil {
			return err
		}
		return l.daemon.CloseWrite()
	}
}
