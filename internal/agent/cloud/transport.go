package cloud

import (
	"net"
	"net/http"
	"time"
)

// When a connection of HTTP/2 that nothing comes from is taken for dead.
const (
	pingAfter   = 15 * time.Second
	pingTimeout = 10 * time.Second
)

// NewHTTPClient returns the client that a daemon uses: kept-alive connections,
// a time limit on each step, no redirects (the API key would go elsewhere).
func NewHTTPClient() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
			TLSHandshakeTimeout: 5 * time.Second,
			ForceAttemptHTTP2:   true,
			MaxIdleConns:        100,
			MaxIdleConnsPerHost: 16,
			IdleConnTimeout:     90 * time.Second,
			// Of HTTP/2 a connection outlives a request that got no answer. If its other end is gone
			// without a word, only a ping tells.
			HTTP2: &http.HTTP2Config{SendPingTimeout: pingAfter, PingTimeout: pingTimeout},
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
