package cloud

import (
	"net"
	"net/http"
	"time"
)

// When a silent HTTP/2 connection counts as dead.
const (
	pingAfter   = 15 * time.Second
	pingTimeout = 10 * time.Second
)

// NewHTTPClient returns the client that a daemon uses. It keeps connections, limits
// the time of each step, and follows no redirect, which would send the API key to
// another server.
func NewHTTPClient() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			OnProxyConnectResponse: checkProxy,
			DialContext:            (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
			TLSHandshakeTimeout:    5 * time.Second,
			ForceAttemptHTTP2:      true,
			MaxIdleConns:           100,
			MaxIdleConnsPerHost:    16,
			IdleConnTimeout:        90 * time.Second,
			// An HTTP/2 connection outlives a request that timed out. Only a ping detects that the
			// other end has gone silently.
			HTTP2: &http.HTTP2Config{SendPingTimeout: pingAfter, PingTimeout: pingTimeout},
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
