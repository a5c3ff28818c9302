package server

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// everyPath returns a request line for each thing that the server answers: each
// operation of the API, and whatever stands beside it.
func everyPath(f *fixture) []string {
	f.t.Helper()
	var document struct {
		Paths map[string]map[string]any
	}
	f.call("GET", "/api/openapi.json", nil, http.StatusOK, &document)
	var all []string
	fill := regexp.MustCompile(`\{[a-zA-Z]+\}`)
	for path, item := range document.Paths {
		for method := range item {
			if method != "parameters" {
				all = append(all, strings.ToUpper(method)+" "+fill.ReplaceAllString(path, "none"))
			}
		}
		all = append(all, "PATCH "+fill.ReplaceAllString(path, "none"))
	}
	return append(all,
		"GET /", "GET /setup?token=x", "GET /assets/none.js", "POST /", "GET /healthz", "POST /healthz", "GET /metrics",
		"GET /api", "GET /api/", "GET /api/v1/none", "GET /api//v1",
		"GET /download/", "GET /download/index.json", "GET /download/SHA256SUMS", "GET /download/heroku-buildpack.tgz",
		"GET /download/none", "POST /download/", "GET /download", "GET /simple/", "GET /simple/none/", "GET /simple")
}

func TestEveryAnswerCarriesTheHeaders(t *testing.T) {
	t.Parallel()
	f := start(t, config(t))
	f.logIn()
	paths := everyPath(f)
	if len(paths) < 50 {
		t.Fatalf("only %d paths", len(paths))
	}
	for _, line := range paths {
		method, path, _ := strings.Cut(line, " ")
		a, err := f.browser.Do(f.request(method, path, nil))
		if err != nil {
			t.Fatal(err)
		}
		_ = a.Body.Close()
		checkHeaders(t, line, a)
		if a.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: HSTS over plain HTTP", line)
		}
	}
}

func checkHeaders(t *testing.T, line string, a *http.Response) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Security-Policy":    contentPolicy,
		"X-Content-Type-Options":     "nosniff",
		"Referrer-Policy":            "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s: %s %q, want %q", line, name, got, want)
		}
	}
	if strings.Contains(line, " /api/") && a.StatusCode/100 != 3 && a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: Cache-Control %q, want no-store", line, a.Header.Get("Cache-Control"))
	}
	if a.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%s: CORS", line)
	}
	if a.StatusCode >= 500 {
		t.Errorf("%s: status %d", line, a.StatusCode)
	}
}

func TestContentPolicyAllowsNoInlineScript(t *testing.T) {
	t.Parallel()
	for directive := range strings.SplitSeq(contentPolicy, "; ") {
		name, sources, _ := strings.Cut(directive, " ")
		if (name == "script-src" || name == "default-src") && strings.Contains(sources, "unsafe") {
			t.Errorf("%s", directive)
		}
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	f := start(t, config(t))
	var health struct{ Status string }
	f.call("GET", "/healthz", nil, http.StatusOK, &health)
	if health.Status != "ok" {
		t.Errorf("status %q", health.Status)
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	f := start(t, config(t))
	key, traceID := f.demo()
	f.call("POST", "/api/v1/session", map[string]string{"username": "ada", "password": "wrong"}, http.StatusUnauthorized, nil)
	f.send(f.bundle(key, traceID, 3), http.StatusAccepted, nil)
	bad := f.bundle(key, traceID, 0)
	f.send(bad, http.StatusBadRequest, nil)
	f.awaitWitnesses(3)
	a, err := f.browser.Do(f.request("GET", "/metrics", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	content, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	for _, want := range []string{
		`akita_build_info{version="1.2.3"} 1`,
		`akita_http_requests_total{code="201",route="POST /api/v1/projects"} 1`,
		`akita_http_requests_total{code="202",route="PUT /api/v1/agent/projects/{project}/traces/{trace}/bundles/{bundle}"} 1`,
		`akita_http_request_duration_seconds_count{route="POST /api/v1/projects"} 1`,
		`akita_logins_failed_total 1`,
		`akita_bundles_received_total{result="accepted"} 1`,
		`akita_bundles_received_total{result="refused"} 1`,
		`akita_witnesses_folded_total 3`,
		`akita_bundles_folded_total 1`,
		`akita_queue_bundles 0`,
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("no line %q", want)
		}
	}
	for _, unwanted := range []string{"demo", traceID, key.ID, "ada"} {
		if strings.Contains(text, `"`+unwanted+`"`) || strings.Contains(text, "/"+unwanted) {
			t.Errorf("the metrics hold %q", unwanted)
		}
	}
}

func TestHTTPS(t *testing.T) {
	t.Parallel()
	c := config(t)
	var authority *x509.CertPool
	c.TLSCert, c.TLSKey, authority = certificate(t)
	f := start(t, c)
	f.browser.Transport.(*http.Transport).TLSClientConfig = &tls.Config{RootCAs: authority}
	f.logIn()
	a, err := f.browser.Do(f.request("GET", "/", nil))
	if err != nil {
		t.Fatal(err)
	}
	_ = a.Body.Close()
	if got := a.Header.Get("Strict-Transport-Security"); got != "max-age=31536000; includeSubDomains" {
		t.Errorf("HSTS %q", got)
	}
	cookies := f.browser.Jar.Cookies(a.Request.URL)
	if len(cookies) != 1 || cookies[0].Name != "__Host-akita_session" {
		t.Errorf("cookies %v", cookies)
	}
	f.browser.Transport.(*http.Transport).TLSClientConfig = &tls.Config{RootCAs: authority, MaxVersion: tls.VersionTLS11}
	f.browser.CloseIdleConnections()
	if a, err := f.browser.Do(f.request("GET", "/", nil)); err == nil {
		_ = a.Body.Close()
		t.Error("TLS 1.1 is accepted")
	}
}

// certificate makes a key and a certificate for 127.0.0.1 that is its own authority.
func certificate(t *testing.T) (certPath, keyPath string, authority *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, content []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	authority = x509.NewCertPool()
	authority.AddCert(parsed)
	return write("cert.pem", "CERTIFICATE", der), write("key.pem", "PRIVATE KEY", keyDER), authority
}

func TestDataIsForThisUserOnly(t *testing.T) {
	t.Parallel()
	f := start(t, config(t))
	for name, want := range map[string]os.FileMode{"": 0o700, "akita.db": 0o600, "queue.db": 0o600, "lock": 0o600} {
		info, err := os.Stat(filepath.Join(f.config.DataDir, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%q has mode %v, want %v", name, got, want)
		}
	}
}
