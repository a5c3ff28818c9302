package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"akita/internal/agent/token"
)

// Bounds of one inquiry.
const (
	inquiryTimeout = 5 * time.Second
	maxStatusBytes = 16 << 20 // a thousand clients with long names
)

// ErrNoDaemon says that nothing answers where a daemon was looked for.
var ErrNoDaemon = errors.New("no daemon answers")

// Inquiry says where a running daemon is.
type Inquiry struct {
	Listen string // its loopback address
	Port   int
	Socket string      // its Unix socket, which is asked where it is not ""
	Token  token.Token // what the daemon must have too, where it is set
}

// Status asks the daemon how it is.
func (q Inquiry) Status(ctx context.Context) (Status, error) {
	ctx, cancel := context.WithTimeout(ctx, inquiryTimeout)
	defer cancel()
	address := net.JoinHostPort(q.Listen, strconv.Itoa(q.Port))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/status", nil)
	if err != nil {
		return Status{}, fmt.Errorf("ask for the status: %w", err)
	}
	where, transport := address, &http.Transport{DisableKeepAlives: true}
	if q.Socket != "" {
		where = q.Socket
		transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", q.Socket)
		}
	}
	proven := func(http.Header) bool { return true }
	if q.Token.IsSet() {
		proven = q.Token.Sign(req.Header, req.Method, req.URL.RequestURI())
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return Status{}, fmt.Errorf("%w on %s: start one with `akita daemon --name NAME`, or say with --port or --socket where it listens", ErrNoDaemon, where)
	}
	defer resp.Body.Close()
	return readStatus(resp, where, proven)
}

func readStatus(resp *http.Response, where string, proven func(http.Header) bool) (Status, error) {
	switch {
	case !proven(resp.Header):
		return Status{}, fmt.Errorf("what answers on %s does not have the token: it is no Akita daemon, or one with another token; correct --token-file (AKITA_DAEMON_TOKEN_FILE) or AKITA_DAEMON_TOKEN", where)
	case resp.StatusCode == http.StatusUnauthorized:
		return Status{}, fmt.Errorf("the daemon on %s asks for its token: set --token-file (AKITA_DAEMON_TOKEN_FILE) or AKITA_DAEMON_TOKEN as for the daemon", where)
	case resp.StatusCode != http.StatusOK:
		return Status{}, fmt.Errorf("%w on %s, but something else (HTTP status %d): say with --port or --socket where it listens", ErrNoDaemon, where, resp.StatusCode)
	}
	var status Status
	err := json.UnmarshalRead(io.LimitReader(resp.Body, maxStatusBytes), &status)
	if err != nil || status.Version == "" {
		return Status{}, fmt.Errorf("%w on %s, but something else: say with --port or --socket where it listens", ErrNoDaemon, where)
	}
	return status, nil
}
