package agent_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"akita/internal/agent"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childVariable); dir != "" {
		os.Exit(childMain(dir))
	}
	goleak.VerifyTestMain(m)
}

const entry = `{"startedDateTime":"2026-01-02T03:04:05.678Z","time":12.5,
  "request":{"method":"GET","url":"http://testserver/api/users/","headers":[],"queryString":[],"cookies":[]},
  "response":{"status":200,"headers":[],"cookies":[],"content":{"size":2,"mimeType":"application/json","text":"{}"}},
  "timings":{"send":0,"wait":12.5,"receive":0}}`

// logBuffer collects log lines and signals each new one.
type logBuffer struct {
	mu    sync.Mutex
	text  bytes.Buffer
	wrote chan struct{} // closed and replaced
}

func newLog() *logBuffer { return &logBuffer{wrote: make(chan struct{})} }

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.wrote)
	l.wrote = make(chan struct{})
	return l.text.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// until waits for a log line.
func (l *logBuffer) until(t *testing.T, text string) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		l.mu.Lock()
		said, wrote := strings.Contains(l.text.String(), text), l.wrote
		l.mu.Unlock()
		if said {
			return
		}
		select {
		case <-wrote:
		case <-deadline:
			t.Fatalf("waited for 30 s for %q; the log is\n%s", text, l)
		}
	}
}

// daemon is a running daemon with its server and log.
type daemon struct {
	*agent.Daemon
	t    *testing.T
	url  string
	log  *logBuffer
	http *http.Client
}

func testConfig(serverURL, dataDir string) agent.Config {
	return agent.Config{
		Name: "laptop", Listen: "127.0.0.1", Port: 0, Server: serverURL,
		KeyID: keyID, KeySecret: keySecret, DataDir: dataDir,
	}
}

func start(t *testing.T, config agent.Config) *daemon {
	t.Helper()
	log := newLog()
	return startWith(t, config, settings(log), log)
}

func settings(log *logBuffer) agent.Settings {
	return agent.Settings{Version: "test", Now: time.Now, Logger: slog.New(slog.NewTextHandler(log, nil))}
}

func startWith(t *testing.T, config agent.Config, s agent.Settings, log *logBuffer) *daemon {
	t.Helper()
	running, err := agent.Start(t.Context(), config, s)
	if err != nil {
		t.Fatal(err)
	}
	d := &daemon{
		Daemon: running, t: t, log: log,
		url:  "http://" + running.Addresses()[0].String(),
		http: &http.Client{Transport: &http.Transport{}},
	}
	t.Cleanup(func() {
		d.http.CloseIdleConnections()
		d.Stop()
	})
	return d
}

func post(client *http.Client, url, body string) (int, string, error) {
	resp, err := client.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	return resp.StatusCode, strings.TrimSpace(string(answer)), err
}

func (d *daemon) post(path, body string) (int, string) {
	d.t.Helper()
	status, answer, err := post(d.http, d.url+path, body)
	if err != nil {
		d.t.Fatal(err)
	}
	return status, answer
}

// register waits for a change, as a client that knows no active trace does.
func (d *daemon) register() (int, string) {
	d.t.Helper()
	return d.post("/v1/services/django-demo/middleware", `{"client_name":"web","active_trace_ids":[]}`)
}

const eventsPath = "/v1/services/django-demo/traces/powder-blue-panda-338/events"

func (d *daemon) mustSend(n int) {
	d.t.Helper()
	for range n {
		if status, answer := d.post(eventsPath, `{"client_name":"web","trace_events":[`+entry+`]}`); status != 202 {
			d.t.Fatalf("event: %d %s", status, answer)
		}
	}
}

func TestGuide(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	d := start(t, testConfig(cloud.URL, t.TempDir()))
	if beat := <-cloud.heartbeats; beat.Name != "laptop" || len(beat.Clients) != 0 {
		t.Errorf("first heartbeat is %+v", beat)
	}

	answered := make(chan string, 1)
	go func() {
		_, answer, err := post(
			d.http,
			d.url+"/v1/services/Django-Demo/middleware",
			`{"client_name":"web","active_trace_ids":[]}`,
		)
		if err != nil {
			t.Error(err)
		}
		answered <- answer
	}()
	if beat := <-cloud.heartbeats; len(beat.Clients) != 1 || beat.Clients[0].Project != "Django-Demo" ||
		beat.Clients[0].Name != "web" {
		t.Errorf("the heartbeat after a client came is %+v", beat)
	}

	cloud.set(func(s *server) { s.traces = []trace{panda} })
	if answer := <-answered; !strings.Contains(answer, panda.Name) {
		t.Errorf("the client is answered %s", answer)
	}
	d.log.until(t, "Activating trace powder-blue-panda-338 (lrn_6EjLU2sINbfKRwmqeqQM8s)")

	d.mustSend(10)
	cloud.untilWitnesses(10)

	cloud.set(func(s *server) { s.traces = nil })
	d.log.until(t, "Deactivating trace powder-blue-panda-338 (lrn_6EjLU2sINbfKRwmqeqQM8s)")
	d.mustSend(1)
	cloud.untilWitnesses(11)
}

func TestNothingIsLostWhileTheServerIsAway(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	cloud.set(func(s *server) { s.traces = []trace{panda} })
	dir := t.TempDir()
	d := start(t, testConfig(cloud.URL, dir))
	if status, answer := d.register(); status != 202 || !strings.Contains(answer, panda.Name) {
		t.Fatalf("got %d %s", status, answer)
	}
	cloud.set(func(s *server) { s.down = true })
	d.mustSend(5)
	d.log.until(t, "The server answers with an error")
	d.Stop()
	if cloud.witnesses() != 0 {
		t.Fatal("the server was not away")
	}

	// After a restart the trace is on, although the server is still away.
	d = start(t, testConfig(cloud.URL, dir))
	d.mustSend(5)
	cloud.set(func(s *server) { s.down = false })
	cloud.untilWitnesses(10)
	d.log.until(t, "The server answers without errors again")
}

func TestReportsAreSentAgain(t *testing.T) {
	t.Parallel()
	for path, c := range map[string]struct{ body, want string }{
		"routes": {
			`{"client_name":"web","routes":[{"method":"GET","route":"users/<int:pk>/","view":"shop.User"}]}`,
			`{"routes":[{"method":"GET","path":"/users/{pk}/","view":"shop.User"}]}`,
		},
		"document": {
			`{"client_name":"web","generator":"drf-yasg","document":{"swagger":"2.0","info":{"description":"canary"}}}`,
			`{"info":{},"swagger":"2.0"}`,
		},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			cloud := newServer(t)
			cloud.set(func(s *server) { s.down = true })
			dir := t.TempDir()
			d := start(t, testConfig(cloud.URL, dir))
			if status, answer := d.post("/v1/services/django-demo/"+path, c.body); status != 202 {
				t.Fatalf("got %d %s", status, answer)
			}
			d.Stop()

			// The report is kept while the server is away, and the daemon may start again meanwhile.
			d = start(t, testConfig(cloud.URL, dir))
			cloud.set(func(s *server) { s.down = false })
			cloud.untilReport("django-demo " + c.want)

			// A server that was away may have lost it, or may be another one.
			cloud.set(func(s *server) { s.traces = []trace{panda} })
			if status, answer := d.register(); status != 202 || !strings.Contains(answer, panda.Name) {
				t.Fatalf("got %d %s", status, answer)
			}
			cloud.untilReport("django-demo " + c.want)
		})
	}
}

func TestStopSendsWhatIsLeft(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	cloud.set(func(s *server) { s.traces = []trace{panda} })
	d := start(t, testConfig(cloud.URL, t.TempDir()))
	d.register()
	d.mustSend(20)
	d.Stop()
	d.Stop()
	if got := cloud.witnesses(); got != 20 {
		t.Errorf("the server has %d witnesses, want 20", got)
	}
	if _, _, err := post(d.http, d.url+eventsPath, `{}`); err == nil {
		t.Error("a stopped daemon answers")
	}
}

func TestStopEndsAHold(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	d := start(t, testConfig(cloud.URL, t.TempDir()))
	<-cloud.heartbeats
	answered := make(chan string, 1)
	go func() {
		_, answer, err := post(
			d.http,
			d.url+"/v1/services/django-demo/middleware",
			`{"client_name":"web","active_trace_ids":[]}`,
		)
		if err != nil {
			t.Error(err)
		}
		answered <- answer
	}()
	<-cloud.heartbeats // the client is known
	d.Stop()
	if answer := <-answered; answer != `{"activated_traces":[],"deactivated_traces":[]}` {
		t.Errorf("answered %s", answer)
	}
}

func TestStartFails(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	running := t.TempDir()
	start(t, testConfig(cloud.URL, running))
	for name, c := range map[string]struct {
		change func(*agent.Config)
		want   string
	}{
		"the key is refused": {
			func(c *agent.Config) { c.KeySecret = "other" }, "the server refuses the API key apk_6EjLU2sINbfKRwmqeqQM8s",
		},
		"the port is in use": {
			func(c *agent.Config) { c.Port = taken.Addr().(*net.TCPAddr).Port },
			"choose another port with --port (AKITA_DAEMON_PORT) and set AKITA_DAEMON_HOST",
		},
		"the name is in use": {
			func(c *agent.Config) { c.DataDir = running }, `a daemon named "laptop" is running already`,
		},
		"the folder is a file": {func(c *agent.Config) { c.DataDir = file }, "choose another with --data-dir"},
		"the settings are bad": {func(c *agent.Config) { c.Name = "" }, "the daemon has no name"},
		"the server is not a URL": {
			func(c *agent.Config) { c.Server = "localhost:8080" }, "is not an http or https URL with a host",
		},
		"the address is public": {func(c *agent.Config) { c.Listen = "0.0.0.0" }, "is not a loopback address"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := testConfig(cloud.URL, t.TempDir())
			c.change(&config)
			d, err := agent.Start(t.Context(), config, agent.Settings{Now: time.Now, Logger: slog.New(slog.DiscardHandler)})
			if err == nil {
				d.Stop()
				t.Fatal("it started")
			}
			if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error is %q, want one line with %q", err, c.want)
			}
			if refused := errors.Is(err, agent.ErrKeyRefused); refused != (name == "the key is refused") {
				t.Errorf("ErrKeyRefused: %v", refused)
			}
		})
	}
}

func TestStartWithUnreachableServer(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	address := cloud.URL
	cloud.Close()
	d := start(t, testConfig(address, t.TempDir()))
	d.log.until(t, "nothing listens there; start `akita server` or correct --server (AKITA_SERVER)")
}
