// Package cloud speaks with the server for the daemon: heartbeats, the long
// poll for traces, bundles. It is also where the daemon notices, and says once,
// that the server is away, and once that it is back.
package cloud

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"akita/internal/secret"
)

// Time limits of one exchange, from dialling to the last byte of the answer.
const (
	introduceTimeout = 5 * time.Second // somebody waits for the daemon to start
	heartbeatTimeout = 10 * time.Second
	bundleTimeout    = 30 * time.Second
	pollSlack        = 10 * time.Second // over the wait that was asked for
)

// maxAnswerBytes bounds what is read of an answer.
const maxAnswerBytes = 1 << 20

// Config says which server to speak with, and as whom.
type Config struct {
	Server    *url.URL // its path, if any, is put before every request's
	KeyID     string
	KeySecret secret.Text
	Daemon    string // the daemon's name
	Version   string // of this build

	HTTPClient *http.Client // must not follow redirects; see NewHTTPClient
	Now        func() time.Time
	Logger     *slog.Logger
}

// Client speaks with one server. Its methods are safe for concurrent use.
type Client struct {
	cfg    Config
	health health
}

// New returns a client; it does not connect yet.
func New(cfg Config) *Client {
	return &Client{cfg: cfg, health: health{server: cfg.Server.Redacted(), now: cfg.Now, logger: cfg.Logger}}
}

// Health is what is known of the server.
func (c *Client) Health() Health { return c.health.report() }

// call is one request to the server.
type call struct {
	operation string // for people: "heartbeat"
	method    string
	path      []string // segments below /api/v1/agent
	header    http.Header
	body      []byte
	timeout   time.Duration
	// quietRefusal leaves it to the caller to say that the API key is refused.
	quietRefusal bool
}

// answer is what the server says to a call that it made good.
type answer interface {
	// complete reports whether it holds what an Akita server says: a 200 may come
	// from anything on the way, such as the log-in page of a network.
	complete() bool
}

// do makes a call and decodes its answer into out. Its error is a *StatusError
// where the server answered with anything but a 2xx and a complete answer.
func (c *Client) do(ctx context.Context, call call, out answer) error {
	limited, cancel := context.WithTimeout(ctx, call.timeout)
	defer cancel()
	err := c.exchange(limited, call, out)
	if ctx.Err() != nil {
		return ctx.Err() // the daemon stops, or has lost interest: no news of the server
	}
	if !call.quietRefusal || err == nil || VerdictOn(err) != Refused {
		c.health.note(call.operation, err)
	}
	return err
}

func (c *Client) exchange(ctx context.Context, call call, out answer) error {
	endpoint := c.cfg.Server.JoinPath(append([]string{"api", "v1", "agent"}, escape(call.path)...)...)
	req, err := http.NewRequestWithContext(ctx, call.method, endpoint.String(), bytes.NewReader(call.body))
	if err != nil {
		return fmt.Errorf("%s: %w", call.operation, err)
	}
	req.Header = call.header
	req.Header.Set("User-Agent", "akita-daemon/"+c.cfg.Version)
	req.SetBasicAuth(c.cfg.KeyID, c.cfg.KeySecret.Reveal())
	resp, err := c.cfg.HTTPClient.Do(req)
	if err != nil {
		return fmt.Errorf("%s: %w", call.operation, err)
	}
	defer func() { _ = resp.Body.Close() }() // an answer was read as far as it is needed
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswerBytes))
	if err != nil {
		return fmt.Errorf("%s: read answer: %w", call.operation, err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return newStatusError(call.operation, resp, body, c.cfg.Now())
	}
	if err := json.Unmarshal(body, out); err != nil || !out.complete() {
		return &StatusError{Operation: call.operation, Status: resp.StatusCode, Detail: "the answer is not what an Akita server gives"}
	}
	return nil
}

// escape makes each segment safe inside a path: names may contain anything.
func escape(segments []string) []string {
	escaped := make([]string, len(segments))
	for i, s := range segments {
		escaped[i] = url.PathEscape(s)
		if s == "." || s == ".." { // else they would climb
			escaped[i] = "%2E" + escaped[i][1:]
		}
	}
	return escaped
}

func jsonHeader() http.Header {
	return http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json"}}
}
