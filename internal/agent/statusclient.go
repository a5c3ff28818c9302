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

// Bounds of one request for the status.
const (
	statusTimeout  = 5 * time.Second
	maxStatusBytes = 16 << 20 // a thousand clients with long names
)

// ErrNoDaemon reports that no daemon answers at the address of a StatusClient.
var ErrNoDaemon = errors.New("no daemon answers")

// StatusClient asks a running daemon for its status.
type StatusClient struct {
	Listen string // its loopback address
	Port   int
	Socket string      // its Unix socket; used in place of Listen and Port unless ""
	Token  token.Token // that the daemon must know too, if it is set
}

// Status returns the status of the daemon.
func (c StatusClient) Status(ctx context.Context) (Status, error) {
	ctx, cancel := context.WithTimeout(ctx, statusTimeout)
	defer cancel()
	where := net.JoinHostPort(c.Listen, strconv.Itoa(c.Port))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+where+"/status", nil)
	if err != nil {
		return Status{}, fmt.Errorf("ask for the status: %w", err)
	}
	network, address := "tcp", where
	if c.Socket != "" {
		network, address, where = "unix", c.Socket, c.Socket
	}
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return Status{}, noAnswer(where)
	}
	proven := func(http.Header) bool { return true }
	if c.Token.IsSet() {
		proven = c.Token.Sign(req.Header, req.Method, req.URL.RequestURI(), c.peer(conn))
	}
	transport := &http.Transport{
		DisableKeepAlives: true,
		DialContext:       func(context.Context, string, string) (net.Conn, error) { return conn, nil },
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		_ = conn.Close() // RoundTrip may not have used it
		return Status{}, noAnswer(where)
	}
	defer resp.Body.Close()
	return readStatus(resp, where, proven)
}

// peer returns the address of the daemon for proofs. A Unix socket has been moved since it
// was made, so that its peer's name is not its path.
func (c StatusClient) peer(conn net.Conn) string {
	if c.Socket != "" {
		return token.Address(&net.UnixAddr{Name: c.Socket, Net: "unix"})
	}
	return token.Address(conn.RemoteAddr())
}

func noAnswer(where string) error {
	const hint = "start one with `akita daemon --name NAME`, or correct --port or --socket"
	return fmt.Errorf("%w on %s: %s", ErrNoDaemon, where, hint)
}

func readStatus(resp *http.Response, where string, proven func(http.Header) bool) (Status, error) {
	switch {
	case !proven(resp.Header):
		return Status{}, fmt.Errorf(
			"what answers on %s does not know the token: it is not an Akita daemon, an older one, or one with another token; "+
				"correct --token-file (AKITA_DAEMON_TOKEN_FILE) or AKITA_DAEMON_TOKEN",
			where,
		)
	case resp.StatusCode == http.StatusUnauthorized:
		return Status{}, fmt.Errorf(
			"the daemon on %s requires its token: set --token-file (AKITA_DAEMON_TOKEN_FILE) or "+
				"AKITA_DAEMON_TOKEN as for the daemon",
			where,
		)
	case resp.StatusCode != http.StatusOK:
		return Status{}, fmt.Errorf(
			"%w on %s, but something else (HTTP status %d): correct --port or --socket",
			ErrNoDaemon,
			where,
			resp.StatusCode,
		)
	}
	var status Status
	err := json.UnmarshalRead(io.LimitReader(resp.Body, maxStatusBytes), &status)
	if err != nil || status.Version == "" {
		return Status{}, fmt.Errorf("%w on %s, but something else: correct --port or --socket", ErrNoDaemon, where)
	}
	return status, nil
}
