package evidence

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
)

// Tap is a proxy between a daemon and its server. It passes everything on and collects the
// strings of the bundles. It refuses deltas, as a server does that does not know them: so the daemon
// sends every witness, and the tap sees all that a delta, which is a sum of them, could hold.
type Tap struct {
	*Strings
	server *httptest.Server

	mu        sync.Mutex
	err       error
	witnesses [][]byte // the lines of all bundles, if they are kept
	keep      bool
}

// Listen starts a tap in front of a server. If keep is true, it keeps the witnesses too.
func Listen(server string, keep bool) (*Tap, error) {
	target, err := url.Parse(server)
	if err != nil {
		return nil, fmt.Errorf("server URL: %w", err)
	}
	t := &Tap{Strings: New(), keep: keep}
	proxy := &httputil.ReverseProxy{
		Rewrite:       func(r *httputil.ProxyRequest) { r.SetURL(target) },
		FlushInterval: -1,
		ErrorHandler:  func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	t.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut && strings.Contains(r.URL.Path, "/bundles/") {
			if r.Header.Get("Content-Type") != "application/x-ndjson" {
				refuseDelta(w)
				return
			}
			t.record(r)
		}
		proxy.ServeHTTP(w, r)
	}))
	return t, nil
}

func refuseDelta(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(http.StatusUnsupportedMediaType)
	_, _ = io.WriteString(w, `{"code":"unsupported_media_type"}`)
}

// URL is where the daemon finds the server.
func (t *Tap) URL() string { return t.server.URL }

// Close ends the tap. It returns the first error in what was recorded.
func (t *Tap) Close() error {
	t.server.CloseClientConnections()
	t.server.Close()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

// Witnesses returns the witnesses that were uploaded since the last call, in order.
func (t *Tap) Witnesses() [][]byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	witnesses := t.witnesses
	t.witnesses = nil
	return witnesses
}

// record reads the bundle of a request, and puts it back.
func (t *Tap) record(r *http.Request) {
	body, err := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	plain := body
	if err == nil && r.Header.Get("Content-Encoding") == "zstd" {
		plain, err = unpack(body)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		if t.err == nil {
			t.err = fmt.Errorf("read a bundle: %w", err)
		}
		return
	}
	t.Add(plain)
	if t.keep {
		for line := range bytes.Lines(plain) {
			t.witnesses = append(t.witnesses, bytes.Clone(line))
		}
	}
}
