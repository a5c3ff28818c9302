package server

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"akita/internal/api/password"
	"akita/internal/id"
	"akita/internal/secret"
	"akita/internal/witness"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const adminPassword = "copper lantern orbit"

// config is of a server of its own, with ada as its first user.
func config(t *testing.T) Config {
	t.Helper()
	return Config{Listen: "127.0.0.1:0", DataDir: filepath.Join(t.TempDir(), "data"), AdminUsername: "ada", AdminPassword: adminPassword}
}

func settings(log io.Writer) Settings {
	return Settings{
		Version: "1.2.3", Logger: slog.New(slog.NewTextHandler(log, nil)), Now: time.Now,
		PasswordCosts: password.Params{MemoryKiB: 64, Passes: 1, Lanes: 1},
	}
}

// fixture is a server that runs, and a browser.
type fixture struct {
	*Server
	t       *testing.T
	log     *logBuffer
	browser *http.Client
}

func start(t *testing.T, c Config) *fixture {
	t.Helper()
	f := &fixture{t: t, log: &logBuffer{}}
	f.Server = New(c, settings(f.log))
	if err := f.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.stop)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	f.browser = &http.Client{Jar: jar, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return f
}

func (f *fixture) stop() {
	f.t.Helper()
	if err := f.Stop(); err != nil {
		f.t.Errorf("stop: %v", err)
	}
}

// logIn lets the browser in.
func (f *fixture) logIn() {
	f.t.Helper()
	f.call("POST", "/api/v1/session", map[string]string{"username": "ada", "password": adminPassword}, http.StatusCreated, nil)
}

// request makes a request; body is sent as JSON where it is not nil.
func (f *fixture) request(method, path string, body any) *http.Request {
	f.t.Helper()
	var content io.Reader = http.NoBody
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			f.t.Fatal(err)
		}
		content = bytes.NewReader(encoded)
	}
	r, err := http.NewRequestWithContext(f.t.Context(), method, f.URL()+path, content)
	if err != nil {
		f.t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

// call sends a request, wants the status and decodes the answer into out, if any.
func (f *fixture) call(method, path string, body any, status int, out any) {
	f.t.Helper()
	f.send(f.request(method, path, body), status, out)
}

func (f *fixture) send(r *http.Request, status int, out any) {
	f.t.Helper()
	a, err := f.browser.Do(r)
	if err != nil {
		f.t.Fatal(err)
	}
	defer a.Body.Close()
	content, err := io.ReadAll(a.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	if a.StatusCode != status {
		f.t.Fatalf("%s %s: status %d, want %d: %s", r.Method, r.URL.Path, a.StatusCode, status, content)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(content, out); err != nil {
		f.t.Fatalf("%s %s: %v", r.Method, r.URL.Path, err)
	}
}

// apiKey is what a daemon gets in with.
type apiKey struct{ ID, Secret string }

// demo makes a project with a key and a trace.
func (f *fixture) demo() (key apiKey, traceID string) {
	f.t.Helper()
	f.logIn()
	f.call("POST", "/api/v1/projects", map[string]string{"name": "demo"}, http.StatusCreated, nil)
	f.call("POST", "/api/v1/api-keys", map[string]string{"name": "key"}, http.StatusCreated, &key)
	var trace struct{ ID string }
	f.call("POST", "/api/v1/projects/demo/traces", map[string]int{"duration_hours": 1}, http.StatusCreated, &trace)
	return key, trace.ID
}

// bundle is a request that hands over witnesses of GET /orders/.
func (f *fixture) bundle(key apiKey, traceID string, witnesses int) *http.Request {
	f.t.Helper()
	var lines []byte
	for range witnesses {
		var err error
		lines, err = witness.AppendLine(lines, &witness.Witness{
			Start: time.Now().UTC().Truncate(time.Millisecond), LatencyMs: 5, Method: "GET", Host: "shop.example", Template: "/orders/", Status: 200,
		})
		if err != nil {
			f.t.Fatal(err)
		}
	}
	r := f.request("PUT", "/api/v1/agent/projects/demo/traces/"+traceID+"/bundles/"+id.New(id.Bundle), nil)
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(lines)), int64(len(lines))
	r.Header.Set("Content-Type", "application/x-ndjson")
	r.SetBasicAuth(key.ID, key.Secret)
	return r
}

// awaitWitnesses polls the model until it holds so many witnesses.
func (f *fixture) awaitWitnesses(want int) {
	f.t.Helper()
	var model struct{ Witnesses int }
	eventually(f.t, func() bool {
		f.call("GET", "/api/v1/projects/demo/model", nil, http.StatusOK, &model)
		return model.Witnesses >= want
	})
	if model.Witnesses != want {
		f.t.Fatalf("%d witnesses in the model, want %d", model.Witnesses, want)
	}
}

// eventually polls a condition that another goroutine brings about.
func eventually(t *testing.T, condition func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for !condition() {
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			t.Fatal("the condition has not come true")
		}
	}
}

type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func TestFromBundleToModel(t *testing.T) {
	t.Parallel()
	f := start(t, config(t))
	key, traceID := f.demo()
	f.send(f.bundle(key, traceID, 3), http.StatusAccepted, nil)
	f.awaitWitnesses(3)
	var model struct {
		Endpoints []struct {
			Method, Path string
			Requests     int
		}
	}
	f.call("GET", "/api/v1/projects/demo/model?trace="+traceID, nil, http.StatusOK, &model)
	if len(model.Endpoints) != 1 || model.Endpoints[0].Method != "GET" || model.Endpoints[0].Path != "/orders/" || model.Endpoints[0].Requests != 3 {
		t.Errorf("model %+v", model)
	}
	var trace struct{ Witnesses int }
	f.call("GET", "/api/v1/projects/demo/traces/"+traceID, nil, http.StatusOK, &trace)
	if trace.Witnesses != 3 {
		t.Errorf("the trace counts %d witnesses, want 3", trace.Witnesses)
	}
}

func TestAFoldIsTold(t *testing.T) {
	t.Parallel()
	f := start(t, config(t))
	key, traceID := f.demo()
	a, err := f.browser.Do(f.request("GET", "/api/v1/projects/demo/events", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	lines := bufio.NewScanner(a.Body)
	awaitModel := func() bool {
		for lines.Scan() {
			if lines.Text() == "event: model" {
				return true
			}
		}
		return false
	}
	if !awaitModel() { // on connecting
		t.Fatal(lines.Err())
	}
	f.send(f.bundle(key, traceID, 1), http.StatusAccepted, nil)
	if !awaitModel() {
		t.Fatal(lines.Err())
	}
	var model struct{ Witnesses int }
	if f.call("GET", "/api/v1/projects/demo/model", nil, http.StatusOK, &model); model.Witnesses != 1 {
		t.Errorf("%d witnesses when the event comes, want 1", model.Witnesses)
	}
}

func TestABundleSentTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	f := start(t, config(t))
	key, traceID := f.demo()
	r := f.bundle(key, traceID, 2)
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, status := range []int{http.StatusAccepted, http.StatusOK, http.StatusOK} {
		r.Body = io.NopCloser(bytes.NewReader(body))
		f.send(r, status, nil)
	}
	f.send(f.bundle(key, traceID, 1), http.StatusAccepted, nil)
	f.awaitWitnesses(3)
}

func TestEverythingIsThereAfterARestart(t *testing.T) {
	t.Parallel()
	c := config(t)
	f := start(t, c)
	key, traceID := f.demo()
	f.send(f.bundle(key, traceID, 4), http.StatusAccepted, nil)
	f.stop()

	c.AdminPassword = "another good password" // there is a user: nothing is changed
	again := start(t, c)
	again.logIn()
	again.awaitWitnesses(4)
	again.send(again.bundle(key, traceID, 1), http.StatusAccepted, nil)
	again.awaitWitnesses(5)
	const noEffect = "AKITA_ADMIN_USERNAME and AKITA_ADMIN_PASSWORD have no effect"
	if strings.Contains(f.log.String(), noEffect) || strings.Count(again.log.String(), noEffect) != 1 {
		t.Errorf("only the second start should log %q, once", noEffect)
	}
	if again.SetupURL() != "" {
		t.Error("a set-up link where there is a user")
	}
}

func TestSetupLink(t *testing.T) {
	t.Parallel()
	c := config(t)
	c.AdminUsername, c.AdminPassword = "", ""
	f := start(t, c)
	path, token, found := strings.Cut(f.SetupURL(), "?token=")
	if !found || path != f.URL()+"/setup" {
		t.Fatalf("set-up link %q", f.SetupURL())
	}
	f.call("GET", "/setup?token="+token, nil, http.StatusOK, nil)
	f.call("POST", "/api/v1/setup", map[string]string{"token": token, "username": "ada", "password": adminPassword}, http.StatusCreated, nil)
	f.call("GET", "/api/v1/session", nil, http.StatusOK, nil)
	if strings.Contains(f.log.String(), token) {
		t.Error("the token is in the log")
	}
}

func TestStopIsIdempotentAndWorksUnstarted(t *testing.T) {
	t.Parallel()
	s := New(config(t), settings(io.Discard))
	for range 2 {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}
	if err := s.Start(t.Context()); err == nil {
		t.Error("it starts after a stop")
	}
	f := start(t, config(t))
	f.stop()
	f.stop()
}

func TestStartFails(t *testing.T) {
	t.Parallel()
	occupied, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = occupied.Close() })
	other := start(t, config(t))
	for name, tc := range map[string]struct {
		change func(*Config)
		want   error
		says   string
	}{
		"data folder in use":    {func(c *Config) { c.DataDir = other.config.DataDir }, ErrInUse, other.config.DataDir},
		"data folder is a file": {func(c *Config) { c.DataDir = filepath.Join(other.config.DataDir, "akita.db") }, ErrDataDir, "not a directory"},
		"port in use":           {func(c *Config) { c.Listen = occupied.Addr().String() }, ErrListen, "in use"},
		"address of another":    {func(c *Config) { c.Listen = "192.0.2.1:0" }, ErrListen, "192.0.2.1"},
		"no certificate":        {func(c *Config) { c.TLSCert, c.TLSKey = "absent.pem", "absent.key" }, ErrCertificate, "absent.pem"},
		"weak password":         {func(c *Config) { c.AdminPassword = "password1234" }, ErrAdmin, "attacker"},
		"short password":        {func(c *Config) { c.AdminPassword = "short" }, ErrAdmin, "at least 12 characters"},
		"bad user name":         {func(c *Config) { c.AdminUsername = "a\nb" }, ErrAdmin, "printable"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := config(t)
			tc.change(&c)
			s := New(c, settings(io.Discard))
			err := s.Start(t.Context())
			if !errors.Is(err, tc.want) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("error = %v, want %q that says %q", err, tc.want, tc.says)
			}
		})
	}
}

func TestTheFirstUserIsNotBlamedForAnotherFailure(t *testing.T) {
	t.Parallel()
	s := New(config(t), settings(io.Discard))
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	if err := s.lockDataDir(); err != nil {
		t.Fatal(err)
	}
	p, err := s.openParts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	interrupted, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.firstUser(interrupted, p.api); !errors.Is(err, context.Canceled) || errors.Is(err, ErrAdmin) {
		t.Errorf("error = %v, want one of the interruption and not %q", err, ErrAdmin)
	}
}

func TestAFailedStartLeavesTheFolderFree(t *testing.T) {
	t.Parallel()
	c := config(t)
	c.AdminPassword = "short"
	if err := New(c, settings(io.Discard)).Start(t.Context()); err == nil {
		t.Fatal("started")
	}
	c.AdminPassword = adminPassword
	start(t, c)
}

func TestValidate(t *testing.T) {
	t.Parallel()
	good := Config{Listen: DefaultListen, DataDir: "data"}
	for name, tc := range map[string]struct {
		change func(*Config)
		says   string // "" for good
	}{
		"defaults":      {func(*Config) {}, ""},
		"every address": {func(c *Config) { c.Listen = ":8080" }, ""},
		"IPv6":          {func(c *Config) { c.Listen = "[::1]:0" }, ""},
		"all that there is": {func(c *Config) {
			c.TLSCert, c.TLSKey, c.AdminUsername, c.AdminPassword, c.DownloadDir = "c", "k", "u", "p", "."
		}, ""},
		"port alone":           {func(c *Config) { c.Listen = "8080" }, "write host:port"},
		"host alone":           {func(c *Config) { c.Listen = "localhost" }, "write host:port"},
		"no port":              {func(c *Config) { c.Listen = "localhost:" }, "no port from 0 to 65535"},
		"port too high":        {func(c *Config) { c.Listen = "localhost:65536" }, "no port from 0 to 65535"},
		"port by name":         {func(c *Config) { c.Listen = "localhost:http" }, "no port from 0 to 65535"},
		"bare IPv6":            {func(c *Config) { c.Listen = "::1:8080" }, "write host:port"},
		"no data folder":       {func(c *Config) { c.DataDir = "" }, "--data-dir"},
		"certificate alone":    {func(c *Config) { c.TLSCert = "c" }, "--tls-cert is set without --tls-key"},
		"key alone":            {func(c *Config) { c.TLSKey = "k" }, "--tls-key is set without --tls-cert"},
		"user alone":           {func(c *Config) { c.AdminUsername = "u" }, "without AKITA_ADMIN_PASSWORD"},
		"password alone":       {func(c *Config) { c.AdminPassword = secret.Text("p") }, "without AKITA_ADMIN_USERNAME"},
		"no download folder":   {func(c *Config) { c.DownloadDir = "absent" }, "--download-dir absent cannot be read (no such file or directory)"},
		"download from a file": {func(c *Config) { c.DownloadDir = "server_test.go" }, "is no folder"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := good
			tc.change(&c)
			err := c.Validate()
			switch {
			case tc.says == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tc.says != "" && (err == nil || !strings.Contains(err.Error(), tc.says)):
				t.Errorf("error = %v, want one that says %q", err, tc.says)
			}
		})
	}
}
