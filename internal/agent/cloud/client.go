// Package cloud is the daemon's client of the server: heartbeats, the long poll for
// traces, and the upload of bundles. It logs once when the server cannot be reached
// and once when it answers again.
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

// Time limits of one call, from dialling to the last byte of the answer.
const (
	introduceTimeout = 5 * time.Second // the user waits for the daemon to start
	heartbeatTimeout = 10 * time.Second
	bundleTimeout    = 30 * time.Second
	pollSlack        = 10 * time.Second // added to the wait that was requested
)

// maxAnswerBytes bounds an answer.
const maxAnswerBytes = 1 << 20

// Config names the server and the API key.
type Config struct {
	Server    *url.URL // its path, if any, is a prefix of every request's
	KeyID     string
	KeySecret secret.Text
	Daemon    string // the daemon's name
	Instance  string // of the daemon: another one each time it starts
	Version   string // of this build

	HTTPClient *http.Client // must not follow redirects; see NewHTTPClient
	Now        func() time.Time
	Logger     *slog.Logger
}

// Client makes calls to one server. Its methods are safe for concurrent use.
type Client struct {
	config Config
	health health
}

// New returns a client, which does not connect yet.
func New(config Config) *Client {
	return &Client{
		config: config,
		health: health{server: config.Server.Redacted(), now: config.Now, logger: config.Logger},
	}
}

// Health returns what is known about the server.
func (c *Client) Health() Health { return c.health.report() }

// call is one request to the server.
type call struct {
	operation string // for messages: "heartbeat"
	method    string
	path      []string // segments below /api/v1/agent
	query     url.Values
	header    http.Header
	body      []byte
	timeout   time.Duration
	// expected are the verdicts on errors that the server may give while all is well.
	expected []Verdict
	// isNew reports whether a server that is older than this program may not know the operation.
	isNew bool
	// quietRefusal leaves it to the caller to report that the API key is refused.
	quietRefusal bool
}

// answer is the body of a successful answer.
type answer interface {
	// complete reports whether the body is an Akita server's. A 200 may come from
	// something else, such as the log-in page of a network.
	complete() bool
}

// do makes a call and decodes its answer into out. Its error is a *StatusError if
// the server answered with another status than 2xx or an incomplete body.
func (c *Client) do(ctx context.Context, call call, out answer) error {
	limited, cancel := context.WithTimeout(ctx, call.timeout)
	defer cancel()
	err := c.exchange(limited, call, out)
	if ctx.Err() != nil {
		return ctx.Err() // the caller stopped waiting, which says nothing about the server
	}
	if !call.quietRefusal || err == nil || VerdictOn(err) != Refused {
		c.health.note(call, err)
	}
	return err
}

func (c *Client) exchange(ctx context.Context, call call, out answer) error {
	endpoint := c.config.Server.JoinPath(append([]string{"api", "v1", "agent"}, escape(call.path)...)...)
	endpoint.RawQuery = call.query.Encode()
	req, err := http.NewRequestWithContext(ctx, call.method, endpoint.String(), bytes.NewReader(call.body))
	if err != nil {
		return fmt.Errorf("%s: %w", call.operation, err)
	}
	req.Header = call.header
	req.Header.Set("User-Agent", "akita-daemon/"+c.config.Version)
	req.SetBasicAuth(c.config.KeyID, c.config.KeySecret.Reveal())
	resp, err := c.config.HTTPClient.Do(req)
	if err != nil {
		return fmt.Errorf("%s: %w", call.operation, c.namingProxy(req, err))
	}
	defer func() { _ = resp.Body.Close() }() // the answer was read as far as needed
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswerBytes))
	if err != nil {
		return fmt.Errorf("%s: read answer: %w", call.operation, err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return newStatusError(call.operation, resp, body, c.proxyOf(req), c.config.Now())
	}
	if err := json.Unmarshal(body, out); err != nil || !out.complete() {
		return &StatusError{
			Operation: call.operation,
			Status:    resp.StatusCode,
			Detail:    "this is not the answer of an Akita server",
		}
	}
	return nil
}

// escape makes each segment safe in a path. Names may contain any character.
func escape(segments []string) []string {
	escaped := make([]string, len(segments))
	for i, s := range segments {
		escaped[i] = url.PathEscape(s)
		if s == "." || s == ".." { // otherwise they would change the path
			escaped[i] = "%2E" + escaped[i][1:]
		}
	}
	return escaped
}

func jsonHeader() http.Header {
	return http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json"}}
}
