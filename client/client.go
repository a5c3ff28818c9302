// Package client calls the REST API of an Akita server.
//
// A client authenticates with an API key, which its [Config] holds, or with a session,
// which [Client.LogIn] starts. The server describes every operation at /api/openapi.json;
// this package has those that scripts and tests need.
//
// Where a method takes a project or a trace, an id and a name are both accepted.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"
)

// defaultTimeout limits one call where the caller's HTTP client sets no limit.
const defaultTimeout = 30 * time.Second

// Config says which server a client calls, and as whom.
type Config struct {
	// URL is the server's address, such as "https://akita.example.com".
	URL string
	// KeyID and KeySecret are an API key, sent with each call. Leave both empty to log in
	// with a user name and a password.
	KeyID, KeySecret string
	// HTTP makes the calls. The client uses a copy of it, to which it adds a cookie jar if
	// it has none. The default has a timeout of 30 seconds.
	HTTP *http.Client
}

// Client calls one server. It is safe for concurrent use.
type Client struct {
	base      *url.URL
	keyID     string
	keySecret string
	http      http.Client
}

// New returns a client. It calls nothing yet.
func New(config Config) (*Client, error) {
	base, err := url.Parse(config.URL)
	if err != nil {
		return nil, fmt.Errorf("server URL: %w", err)
	}
	if base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
		return nil, fmt.Errorf("server URL %q: must be http:// or https:// and a host", config.URL)
	}
	if (config.KeyID == "") != (config.KeySecret == "") {
		return nil, fmt.Errorf("API key: set its id and its secret, or neither")
	}
	c := &Client{base: base, keyID: config.KeyID, keySecret: config.KeySecret}
	c.http.Timeout = defaultTimeout
	if config.HTTP != nil {
		c.http = *config.HTTP
	}
	if c.http.Jar == nil {
		if c.http.Jar, err = cookiejar.New(nil); err != nil {
			return nil, fmt.Errorf("cookie jar: %w", err)
		}
	}
	return c, nil
}

// Ready returns nil if the server answers and can reach its storage.
func (c *Client) Ready(ctx context.Context) error {
	response, err := c.send(ctx, &c.http, http.MethodGet, c.base.JoinPath("healthz"), nil)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

// call calls an operation below /api/v1, with in as its JSON body and its JSON answer in out;
// either may be nil.
func (c *Client) call(ctx context.Context, method, path string, query url.Values, in, out any) error {
	var body io.Reader
	if in != nil {
		encoded, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("%s %s: %w", method, path, err)
		}
		body = bytes.NewReader(encoded)
	}
	return c.exchange(ctx, method, path, query, "application/json", body, out)
}

// exchange calls an operation below /api/v1 with a body of a media type, or none, and its JSON answer in out, which
// may be nil.
func (c *Client) exchange(
	ctx context.Context, method, path string, query url.Values, mediaType string, body io.Reader, out any,
) error {
	request, err := c.request(ctx, method, c.operation(path, query), body)
	if err != nil {
		return err
	}
	if body != nil {
		request.Header.Set("Content-Type", mediaType)
	}
	response, err := c.do(&c.http, request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if out == nil {
		return nil
	}
	if err := json.NewDecoder(response.Body).Decode(out); err != nil {
		return fmt.Errorf("%s %s: decode the answer: %w", method, path, err)
	}
	return nil
}

// download writes the answer of an operation below /api/v1 to w as it is.
func (c *Client) download(ctx context.Context, path string, query url.Values, w io.Writer) error {
	response, err := c.send(ctx, &c.http, http.MethodGet, c.operation(path, query), nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(w, response.Body)
	return err
}

// operation returns the URL of an operation. The segments of path are escaped already.
func (c *Client) operation(path string, query url.Values) *url.URL {
	operation := c.base.JoinPath("api", "v1", path)
	operation.RawQuery = query.Encode()
	return operation
}

// send makes one call and returns its answer, whose body the caller closes. A status of 400
// or above is an error that wraps a *[Problem].
func (c *Client) send(
	ctx context.Context,
	client *http.Client,
	method string,
	target *url.URL,
	body io.Reader,
) (*http.Response, error) {
	request, err := c.request(ctx, method, target, body)
	if err != nil {
		return nil, err
	}
	return c.do(client, request)
}

// request returns a request with the API key, and with a body of JSON or none.
func (c *Client) request(ctx context.Context, method string, target *url.URL, body io.Reader) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, method, target.String(), body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, target.Path, err)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if c.keyID != "" {
		request.SetBasicAuth(c.keyID, c.keySecret)
	}
	return request, nil
}

// do makes the call of a request, as send does.
func (c *Client) do(client *http.Client, request *http.Request) (*http.Response, error) {
	response, err := client.Do(request)
	if err != nil {
		return nil, err // a *url.Error, which names method and URL
	}
	if response.StatusCode >= http.StatusBadRequest {
		defer response.Body.Close()
		return nil, fmt.Errorf("%s %s: %w", request.Method, request.URL.Path, readProblem(response))
	}
	return response, nil
}

// path joins escaped segments.
func path(segments ...string) string {
	escaped := make([]string, len(segments))
	for i, segment := range segments {
		escaped[i] = url.PathEscape(segment)
	}
	return strings.Join(escaped, "/")
}

// list is the answer of an operation that lists items.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next"`
}

// all reads every page of a list.
func all[T any](ctx context.Context, c *Client, path string) ([]T, error) {
	var items []T
	query := url.Values{}
	for {
		var page list[T]
		if err := c.call(ctx, http.MethodGet, path, query, nil, &page); err != nil {
			return nil, err
		}
		items = append(items, page.Items...)
		if page.Next == "" {
			return items, nil
		}
		query.Set("cursor", page.Next)
	}
}
