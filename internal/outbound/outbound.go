// Package outbound makes the requests of a server to addresses that its users name. Such an address must
// not lead into the network of the server (server-side request forgery): only public addresses are
// connected to, and hosts that the operator allows by name. The check is made on the address that is
// dialled, after the name is resolved, for each redirect too.
package outbound

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Bounds of a request.
const (
	timeout       = 20 * time.Second // of all, with redirects
	dialTimeout   = 5 * time.Second
	headerTimeout = 10 * time.Second
	maxHeader     = 64 << 10 // bytes
	maxRedirects  = 5
)

// Errors of a request, for errors.Is. Their texts say what to do.
var (
	// ErrForbidden means that an address is not public.
	ErrForbidden = errors.New("the address is not public: the server's operator can allow a host by its name with " +
		"--allow-private-host")
	// ErrAddress means that a URL is no address of a document.
	ErrAddress = errors.New("must be an http:// or https:// URL with a host, and without a user name or a fragment")
	// ErrTooLarge means that an answer has more bytes than are read.
	ErrTooLarge = errors.New("the answer is too large")
	// ErrRedirects means that an address leads to others without an end.
	ErrRedirects = fmt.Errorf("it redirects more than %d times", maxRedirects)
)

// Config holds the settings of a Client.
type Config struct {
	// PrivateHosts are the names or addresses of hosts that may have addresses that are not public.
	PrivateHosts []string
	UserAgent    string
}

// Client makes requests. It is safe for concurrent use. It uses no proxy: a proxy would resolve names
// itself.
type Client struct {
	config Config
	http   *http.Client
}

// New returns a client.
func New(config Config) *Client {
	c := &Client{config: config}
	// The checked dialer is used for hosts that are not allowed. A request in flight for one host can
	// never use a connection to another one, because connections are kept by host and port.
	checked := &net.Dialer{Timeout: dialTimeout, Control: onlyPublic}
	free := &net.Dialer{Timeout: dialTimeout}
	transport := &http.Transport{
		Proxy:                  nil,
		ResponseHeaderTimeout:  headerTimeout,
		TLSHandshakeTimeout:    dialTimeout,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConns:           10,
		IdleConnTimeout:        time.Minute,
		ForceAttemptHTTP2:      true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if c.allows(address) {
				return free.DialContext(ctx, network, address)
			}
			return checked.DialContext(ctx, network, address)
		},
	}
	c.http = &http.Client{
		Transport: transport,
		Timeout:   timeout,
		CheckRedirect: func(r *http.Request, before []*http.Request) error {
			if len(before) > maxRedirects {
				return ErrRedirects
			}
			return checkURL(r.URL)
		},
	}
	return c
}

// Close closes connections that are idle.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// allows reports whether the operator allows the host of an address.
func (c *Client) allows(address string) bool {
	host, _, err := net.SplitHostPort(address)
	return err == nil && slices.ContainsFunc(c.config.PrivateHosts, func(allowed string) bool {
		return strings.EqualFold(strings.Trim(allowed, "[]."), strings.TrimSuffix(host, "."))
	})
}

// onlyPublic refuses to connect to an address that is not public. It is called with the address that was
// resolved.
func onlyPublic(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !IsPublic(to.Addr()) {
		return ErrForbidden
	}
	return nil
}

// Check returns ErrAddress if a text is not a URL that can be requested.
func Check(text string) error {
	at, err := url.Parse(text)
	if err != nil {
		return ErrAddress
	}
	return checkURL(at)
}

func checkURL(at *url.URL) error {
	if at.Scheme != "http" && at.Scheme != "https" || at.Hostname() == "" || at.User != nil || at.Fragment != "" {
		return ErrAddress
	}
	return nil
}

// Answer is a response with its body.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Do makes a request and reads at most maxBytes of the answer.
func (c *Client) Do(r *http.Request, maxBytes int64) (Answer, error) {
	if err := checkURL(r.URL); err != nil {
		return Answer{}, err
	}
	r.Header.Set("User-Agent", c.config.UserAgent)
	response, err := c.http.Do(r)
	if err != nil {
		return Answer{}, plain(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBytes+1))
	if err != nil {
		return Answer{}, plain(err)
	}
	if int64(len(body)) > maxBytes {
		return Answer{}, fmt.Errorf("%w: at most %d bytes are read", ErrTooLarge, maxBytes)
	}
	return Answer{Status: response.StatusCode, Header: response.Header, Body: body}, nil
}

// Get requests a URL. Header may be nil.
func (c *Client) Get(ctx context.Context, at string, header http.Header, maxBytes int64) (Answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, http.NoBody)
	if err != nil {
		return Answer{}, ErrAddress
	}
	if header != nil {
		r.Header = header.Clone()
	}
	return c.Do(r, maxBytes)
}

// plain returns what failed, without the URL, and without addresses of the server's network.
func plain(err error) error {
	if inner, ok := errors.AsType[*url.Error](err); ok {
		err = inner.Err
	}
	for _, known := range []error{ErrForbidden, ErrRedirects, ErrAddress, context.Canceled} {
		if errors.Is(err, known) {
			return known
		}
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return &NetworkError{text: "the name of its host cannot be resolved", cause: dns}
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		return &NetworkError{text: "it does not answer in time", cause: err}
	}
	if dial, ok := errors.AsType[*net.OpError](err); ok {
		return &NetworkError{text: "it cannot be connected to", cause: dial}
	}
	return err
}

// NetworkError is an error of the network. Its text names no address.
type NetworkError struct {
	text  string
	cause error
}

func (e *NetworkError) Error() string { return e.text }
func (e *NetworkError) Unwrap() error { return e.cause }
