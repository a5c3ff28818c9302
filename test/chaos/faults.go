package main

import (
	"math/rand/v2"
	"strconv"
	"time"
)

// fault is one way in which a network misbehaves.
type fault struct {
	name string
	// carry handles one piece of a connection as the fault does; usually it writes the piece.
	// An error ends the connection.
	carry func(l *link, w way, piece []byte) error
	// leavesDead reports whether the connections that it broke stay silent after it is over.
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
	{
		name:  "captive portal",
		carry: forge("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", "<h1>Please log in to the Wi-Fi</h1>"),
	},
	{
		name:  "another JSON API",
		carry: forge("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n", `{"status": "ok"}`),
	},
}

// deadLinks is the slowest fault: connections fall silent for good, as when a router loses its
// table. Only time limits help.
var deadLinks = fault{name: "dead connections", carry: swallow, leavesDead: true}

func pass(l *link, w way, piece []byte) error { return l.write(w, piece) }

// delay delays each piece, as a satellite link does.
func delay(l *link, w way, piece []byte) error {
	time.Sleep(20*time.Millisecond + rand.N(300*time.Millisecond))
	return l.write(w, piece)
}

// throttle limits the rate to 64 KB/s.
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

// resetInRequest breaks the connection within the daemon's request.
func resetInRequest(l *link, w way, piece []byte) error {
	if w == toDaemon {
		return l.write(w, piece)
	}
	if err := l.write(w, piece[:rand.N(len(piece))]); err != nil {
		return err
	}
	return errReset
}

// loseAnswer passes the request on and drops the answer.
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

// swallow drops all bytes and keeps the connection open.
func swallow(l *link, w way, _ []byte) error {
	l.deaf[w].Store(true)
	return nil
}

// halfCloseRequest closes the connection to the server in the middle of a request, after its first byte.
func halfCloseRequest(l *link, w way, piece []byte) error {
	if w == toDaemon {
		return l.write(w, piece)
	}
	if err := l.write(w, piece[:1+rand.N(max(len(piece)-1, 1))]); err != nil {
		return err
	}
	l.deaf[w].Store(true)
	return l.server.CloseWrite()
}

// halfCloseAnswer closes the connection to the daemon before the answer, and still reads.
func halfCloseAnswer(l *link, w way, piece []byte) error {
	if w == toServer {
		return l.write(w, piece)
	}
	l.deaf[w].Store(true)
	return l.daemon.CloseWrite()
}

// garbage replaces the answer with random bytes.
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

// forge answers the first bytes of each connection as a device between daemon and server
// would. The server gets nothing.
func forge(head, body string) func(*link, way, []byte) error {
	answer := []byte(head + "Content-Length: " + strconv.Itoa(len(body)) + "\r\nConnection: close\r\n\r\n" + body)
	return func(l *link, w way, _ []byte) error {
		if w == toDaemon {
			return errReset // of an earlier request
		}
		l.proxy.forged.Add(1)
		l.deaf[w].Store(true) // discard the rest of the request
		if err := l.write(toDaemon, answer); err != nil {
			return err
		}
		return l.daemon.CloseWrite()
	}
}
