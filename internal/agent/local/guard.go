package local

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"

	"akita/internal/agent/token"
)

// guard refuses web pages, since any page that a developer opens can send requests to a
// loopback port. A page is recognised by the headers that browsers add, or by Host if
// its host name resolves to this machine (DNS rebinding).
func guard(hosts map[string]bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, origin := r.Header["Origin"]
		_, fetch := r.Header["Sec-Fetch-Site"]
		switch {
		case !bySocket(r) && !hosts[strings.ToLower(r.Host)]:
			fail(
				w,
				http.StatusMisdirectedRequest,
				"Misdirected request",
				"The Host header must name this daemon's own loopback address and port.",
			)
		case origin || fetch:
			fail(w, http.StatusForbidden, "Forbidden", "Requests from browsers are refused.")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// bySocket reports whether a request came through a Unix socket. No web page can reach
// one, so Host is not checked then.
func bySocket(r *http.Request) bool {
	_, socket := r.Context().Value(http.LocalAddrContextKey).(*net.UnixAddr)
	return socket
}

// addressKey is the context key of the listener's address, as token.Address writes it.
type addressKey struct{}

// withAddress is the http.Server.BaseContext of a Server.
func withAddress(l net.Listener) context.Context {
	return context.WithValue(context.Background(), addressKey{}, token.Address(l.Addr()))
}

// authenticate refuses clients that do not know the token, if the daemon has one.
func (s *Server) authenticate(next http.Handler) http.Handler {
	if !s.config.Token.IsSet() {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		address, _ := r.Context().Value(addressKey{}).(string)
		old, err := s.config.Token.Check(r.Header, w.Header(), r.Method, r.RequestURI, address)
		if err != nil {
			failToken(w, err)
			return
		}
		if old {
			s.logOldProof()
		}
		next.ServeHTTP(w, r)
	})
}

func failToken(w http.ResponseWriter, err error) {
	w.Header().Set("WWW-Authenticate", "Akita")
	if relayed, ok := errors.AsType[*token.AddressError](err); ok {
		fail(w, http.StatusUnauthorized, fmt.Sprintf("You dialled %s, but reached the daemon at %s: another process relays "+
			"your requests. Set AKITA_DAEMON_HOST to an address on which the daemon itself listens",
			relayed.Dialled, relayed.Reached), "")
		return
	}
	fail(w, http.StatusUnauthorized, "This daemon requires its token: set AKITA_DAEMON_TOKEN_FILE "+
		"(or AKITA_DAEMON_TOKEN) here as it is set for the daemon", "")
}

func (s *Server) logOldProof() {
	if n, due := s.oldProofs.Add(1, s.config.Now()); due {
		s.config.Logger.Warn("A middleware cannot detect a process that relays its requests: update it in the application",
			"requests", n)
	}
}

// prove answers a client that checks whether the daemon knows the token before it
// sends anything else. The proof is in the reply's header.
func (s *Server) prove(w http.ResponseWriter, r *http.Request) {
	body := limitedBody(w, r, maxAskBytes)
	if _, err := io.Copy(io.Discard, body); err != nil {
		failBody(w, err, "")
		return
	}
	body.done()
	if !s.config.Token.IsSet() {
		fail(
			w,
			http.StatusNotFound,
			"This daemon has no token",
			"Start it with --token-file (AKITA_DAEMON_TOKEN_FILE), or remove the token from the application's settings.",
		)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// allowedHosts returns the values of Host that name this daemon.
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

// posted passes on POST requests with a JSON body, and refuses others.
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
