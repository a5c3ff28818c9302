package local

import (
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
)

// guard lets only middlewares in. Any web page that a developer opens can reach
// a loopback port: it gives itself away by the headers that browsers add, or,
// where its host name was made to resolve to this machine (DNS rebinding), by Host.
func guard(hosts map[string]bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, origin := r.Header["Origin"]
		_, fetch := r.Header["Sec-Fetch-Site"]
		switch {
		case !bySocket(r) && !hosts[strings.ToLower(r.Host)]:
			fail(w, http.StatusMisdirectedRequest, "Misdirected request", "The Host header must name this daemon's own loopback address and port.")
		case origin || fetch:
			fail(w, http.StatusForbidden, "Forbidden", "Browsers may not speak to the daemon.")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// bySocket reports whether a request came through a Unix socket, which no web page can
// reach, so that its Host says nothing.
func bySocket(r *http.Request) bool {
	_, socket := r.Context().Value(http.LocalAddrContextKey).(*net.UnixAddr)
	return socket
}

// known lets through whoever has the token, where there is one.
func (s *Server) known(next http.Handler) http.Handler {
	if !s.cfg.Token.IsSet() {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.cfg.Token.Check(r.Header, w.Header(), r.Method, r.RequestURI) {
			w.Header().Set("WWW-Authenticate", "Akita")
			fail(w, http.StatusUnauthorized, "This daemon asks for its token: set AKITA_DAEMON_TOKEN_FILE (or AKITA_DAEMON_TOKEN) here as it is set for the daemon", "")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// prove answers a client that wants to know whether this is the daemon that it
// shares a token with, before it says anything: the proof is in the header.
func (s *Server) prove(w http.ResponseWriter, r *http.Request) {
	body, done := limitedBody(w, r, maxAskBytes)
	if _, err := io.Copy(io.Discard, body); err != nil {
		failBody(w, err, "")
		return
	}
	done()
	if !s.cfg.Token.IsSet() {
		fail(w, http.StatusNotFound, "This daemon has no token to prove", "Start it with --token-file (AKITA_DAEMON_TOKEN_FILE), or set none for the application.")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// allowedHosts returns the values of Host that are this daemon's.
func allowedHosts(listen string, listeners []net.Listener) map[string]bool {
	hosts := make(map[string]bool)
	for _, l := range listeners {
		addr, ok := l.Addr().(*net.TCPAddr)
		if !ok {
			continue
		}
		for _, name := range []string{"127.0.0.1", "localhost", "::1", addr.IP.String(), strings.ToLower(listen)} {
			hosts[net.JoinHostPort(name, strconv.Itoa(addr.Port))] = true
			if addr.Port == 80 {
				hosts[bracketed(name)] = true
			}
		}
	}
	return hosts
}

func bracketed(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// posted lets POST requests with a JSON body through.
func posted(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			fail(w, http.StatusMethodNotAllowed, "Method not allowed", "Use POST.")
			return
		}
		mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) || mediaType != "application/json" {
			fail(w, http.StatusUnsupportedMediaType, `Content-Type header is not "application/json"`, "")
			return
		}
		next(w, r)
	}
}
