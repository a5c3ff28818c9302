package server

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"akita/internal/api/password"
	"akita/internal/id"
	"akita/internal/witness"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const adminPassword = "copper lantern orbit"

// newConfig returns the settings of a new server whose first user is ada.
func newConfig(t *testing.T) Config {
	t.Helper()
	return Config{
		Listen: "127.0.0.1:0", DataDir: filepath.Join(t.TempDir(), "data"),
		AdminUsername: "ada", AdminPassword: adminPassword,
	}
}

func settings(log io.Writer) Settings {
	return Settings{
		Version: "1.2.3", Logger: slog.New(slog.NewTextHandler(log, nil)), Now: time.Now,
		PasswordCosts: password.Params{MemoryKiB: 64, Passes: 1, Lanes: 1},
	}
}

// fixture is a running server and a browser.
type fixture struct {
	*Server
	t       *testing.T
	log     *logBuffer
	browser *http.Client
}

func start(t *testing.T, config Config) *fixture {
	t.Helper()
	f := &fixture{t: t, log: &logBuffer{}}
	f.Server = New(config, settings(f.log))
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
	f.browser = &http.Client{
		Jar: jar, Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return f
}

func (f *fixture) stop() {
	f.t.Helper()
	if err := f.Stop(); err != nil {
		f.t.Errorf("stop: %v", err)
	}
}

// logIn logs the browser in.
func (f *fixture) logIn() {
	f.t.Helper()
	body := map[string]string{"username": "ada", "password": adminPassword}
	f.call("POST", "/api/v1/session", body, http.StatusCreated, nil)
}

// request returns a request with body as JSON, unless it is nil.
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

// call sends a request, checks the status and decodes the response into out, unless
// it is nil.
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

type apiKey struct{ ID, Secret string }

// demo creates a project, an API key and a trace.
func (f *fixture) demo() (key apiKey, traceID string) {
	f.t.Helper()
	f.logIn()
	f.call("POST", "/api/v1/projects", map[string]string{"name": "demo"}, http.StatusCreated, nil)
	f.call("POST", "/api/v1/api-keys", map[string]string{"name": "key", "scope": "full"}, http.StatusCreated, &key)
	var trace struct{ ID string }
	f.call("POST", "/api/v1/projects/demo/traces", map[string]int{"duration_hours": 1}, http.StatusCreated, &trace)
	return key, trace.ID
}

// bundle returns a request that uploads witnesses of GET /orders/.
func (f *fixture) bundle(key apiKey, traceID string, witnesses int) *http.Request {
	f.t.Helper()
	var lines []byte
	for range witnesses {
		var err error
		lines, err = witness.AppendLine(lines, &witness.Witness{
			Start: time.Now().UTC().Truncate(time.Millisecond), LatencyMs: 5,
			Method: "GET", Host: "shop.example", Template: "/orders/", Status: 200,
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

// awaitWitnesses polls the model until it has the given number of witnesses.
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

// eventually polls a condition until it holds.
func eventually(t *testing.T, condition func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for !condition() {
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			t.Fatal("the condition did not hold within 30 s")
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
	f := start(t, newConfig(t))
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
	if len(model.Endpoints) != 1 {
		t.Fatalf("model %+v, want one endpoint", model)
	}
	if e := model.Endpoints[0]; e.Method != "GET" || e.Path != "/orders/" || e.Requests != 3 {
		t.Errorf("endpoint %+v, want 3 requests of GET /orders/", e)
	}
	var trace struct{ Witnesses int }
	f.call("GET", "/api/v1/projects/demo/traces/"+traceID, nil, http.StatusOK, &trace)
	if trace.Witnesses != 3 {
		t.Errorf("the trace has %d witnesses, want 3", trace.Witnesses)
	}
}

func TestEventAfterFold(t *testing.T) {
	t.Parallel()
	f := start(t, newConfig(t))
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
	if !awaitModel() { // the first events
		t.Fatal(lines.Err())
	}
	f.send(f.bundle(key, traceID, 1), http.StatusAccepted, nil)
	if !awaitModel() {
		t.Fatal(lines.Err())
	}
	var model struct{ Witnesses int }
	if f.call("GET", "/api/v1/projects/demo/model", nil, http.StatusOK, &model); model.Witnesses != 1 {
		t.Errorf("%d witnesses after the event, want 1", model.Witnesses)
	}
}

func TestDuplicateBundleCountsOnce(t *testing.T) {
	t.Parallel()
	f := start(t, newConfig(t))
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

func TestStateSurvivesRestart(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	f := start(t, config)
	key, traceID := f.demo()
	f.send(f.bundle(key, traceID, 4), http.StatusAccepted, nil)
	f.stop()

	config.AdminPassword = "another good password" // has no effect, because there is a user
	again := start(t, config)
	again.logIn()
	again.awaitWitnesses(4)
	again.send(again.bundle(key, traceID, 1), http.StatusAccepted, nil)
	again.awaitWitnesses(5)
	const noEffect = "AKITA_ADMIN_USERNAME and AKITA_ADMIN_PASSWORD have no effect"
	if strings.Contains(f.log.String(), noEffect) || strings.Count(again.log.String(), noEffect) != 1 {
		t.Errorf("only the second start should log %q, once", noEffect)
	}
	if again.SetupURL() != "" {
		t.Error("there is a setup link, although there is a user")
	}
}

// Whatever was deleted is in no file of the running server, and what arrives later is refused.
func TestDeletedDataAreInNoFile(t *testing.T) {
	t.Parallel()
	for _, what := range []string{"/traces/{trace}", ""} {
		f := start(t, newConfig(t))
		key, traceID := f.demo()
		f.send(f.bundle(key, traceID, 3), http.StatusAccepted, nil)
		f.awaitWitnesses(3)
		if !f.holds("shop.example") {
			t.Fatal("no file has the host: this test shows nothing")
		}
		path := "/api/v1/projects/demo" + strings.Replace(what, "{trace}", traceID, 1)
		f.call("DELETE", path, nil, http.StatusNoContent, nil)
		if f.holds("shop.example") {
			t.Errorf("DELETE %s: a file has the host", path)
		}
		f.send(f.bundle(key, traceID, 1), http.StatusNotFound, nil)
		f.call("GET", path, nil, http.StatusNotFound, nil)
	}
}

// holds reports whether a file of the data directory has the text.
func (f *fixture) holds(text string) bool {
	f.t.Helper()
	found := false
	err := filepath.WalkDir(f.config.DataDir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		found = found || bytes.Contains(data, []byte(text))
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return found
}

func TestSetupLink(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	config.AdminUsername, config.AdminPassword = "", ""
	f := start(t, config)
	path, token, found := strings.Cut(f.SetupURL(), "?token=")
	if !found || path != f.URL()+"/setup" {
		t.Fatalf("setup link %q", f.SetupURL())
	}
	f.call("GET", "/setup?token="+token, nil, http.StatusOK, nil)
	body := map[string]string{"token": token, "username": "ada", "password": adminPassword}
	f.call("POST", "/api/v1/setup", body, http.StatusCreated, nil)
	f.call("GET", "/api/v1/session", nil, http.StatusOK, nil)
	if strings.Contains(f.log.String(), token) {
		t.Error("the token is in the log")
	}
}

func TestStopTwiceAndBeforeStart(t *testing.T) {
	t.Parallel()
	s := New(newConfig(t), settings(io.Discard))
	for range 2 {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}
	if err := s.Start(t.Context()); err == nil {
		t.Error("started after Stop")
	}
	f := start(t, newConfig(t))
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
	other := start(t, newConfig(t))
	file := filepath.Join(other.config.DataDir, "akita.db")
	for name, tc := range map[string]struct {
		change  func(*Config)
		want    error
		message string
	}{
		"directory in use": {func(c *Config) { c.DataDir = other.config.DataDir }, ErrInUse, other.config.DataDir},
		"not a directory":  {func(c *Config) { c.DataDir = file }, ErrDataDir, "not a directory"},
		"port in use":      {func(c *Config) { c.Listen = occupied.Addr().String() }, ErrListen, "in use"},
		"foreign address":  {func(c *Config) { c.Listen = "192.0.2.1:0" }, ErrListen, "192.0.2.1"},
		"no certificate":   {func(c *Config) { c.TLSCert, c.TLSKey = "no.pem", "no.key" }, ErrCertificate, "no.pem"},
		"weak password":    {func(c *Config) { c.AdminPassword = "password1234" }, ErrAdmin, "easy to guess"},
		"short password":   {func(c *Config) { c.AdminPassword = "short" }, ErrAdmin, "at least 12 characters"},
		"bad user name":    {func(c *Config) { c.AdminUsername = "a\nb" }, ErrAdmin, "printable"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := newConfig(t)
			tc.change(&config)
			s := New(config, settings(io.Discard))
			err := s.Start(t.Context())
			if !errors.Is(err, tc.want) || !strings.Contains(err.Error(), tc.message) {
				t.Errorf("error = %v, want %q with %q", err, tc.want, tc.message)
			}
		})
	}
}

func TestInterruptedFirstUserIsNotErrAdmin(t *testing.T) {
	t.Parallel()
	s := New(newConfig(t), settings(io.Discard))
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
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.firstUser(canceled, p.api); !errors.Is(err, context.Canceled) || errors.Is(err, ErrAdmin) {
		t.Errorf("error = %v, want %v", err, context.Canceled)
	}
}
