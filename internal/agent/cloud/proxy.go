package cloud

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"

	"akita/internal/neterr"
)

// ProxyError reports that the server cannot be reached because of a proxy.
type ProxyError struct {
	Proxy *url.URL
	Err   error
}

func (e *ProxyError) Error() string { return "proxy " + e.Proxy.Redacted() + ": " + e.Err.Error() }
func (e *ProxyError) Unwrap() error { return e.Err }

// connectError is the Err of a ProxyError if the proxy answers that it will not connect.
type connectError struct{ status string }

func (e connectError) Error() string { return "it answers " + e.status }

// explain says why the proxy fails, and what to do.
func (e *ProxyError) explain() string {
	const hint = "; correct HTTPS_PROXY, HTTP_PROXY or NO_PROXY"
	name := "the proxy " + e.Proxy.Redacted()
	if refuses, ok := errors.AsType[connectError](e.Err); ok {
		return name + " does not connect to it (" + refuses.status + ")" + hint
	}
	timeout, isNet := errors.AsType[net.Error](e.Err)
	switch {
	case isA[*net.DNSError](e.Err):
		return "the name of " + name + " cannot be resolved" + hint
	case neterr.IsRefused(e.Err):
		return "nothing listens at " + name + hint
	case isNet && timeout.Timeout():
		return name + " does not answer in time" + hint
	}
	return name + " fails: " + e.Err.Error() + hint
}

// namingProxy wraps the error of a request in a *ProxyError if it is a proxy's.
func (c *Client) namingProxy(req *http.Request, err error) error {
	dial, ok := errors.AsType[*net.OpError](err)
	if !ok || dial.Op != "proxyconnect" {
		return err
	}
	if proxy := c.proxyOf(req); proxy != nil {
		return &ProxyError{Proxy: proxy, Err: dial.Err}
	}
	return err
}

// proxyOf returns the proxy to which a request is sent, or nil.
func (c *Client) proxyOf(req *http.Request) *url.URL {
	transport, ok := c.config.HTTPClient.Transport.(*http.Transport)
	if !ok || transport.Proxy == nil {
		return nil
	}
	proxy, err := transport.Proxy(req)
	if err != nil { // then the request fails too
		return nil
	}
	return proxy
}

// checkProxy is the OnProxyConnectResponse of an http.Transport.
func checkProxy(_ context.Context, proxy *url.URL, _ *http.Request, resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	return &ProxyError{Proxy: proxy, Err: connectError{resp.Status}}
}
