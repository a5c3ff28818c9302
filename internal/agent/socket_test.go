package agent_test

import (
	"context"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"akita/internal/agent"
	"akita/internal/agent/token"
)

// bySocket returns a client that connects to a Unix socket.
func bySocket(t *testing.T, path string) *http.Client {
	t.Helper()
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", path)
	}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func TestSocketMode(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	cloud.set(func(s *server) { s.traces = []trace{panda} })
	config := testConfig(cloud.URL, t.TempDir())
	config.Socket, config.NoTCP = filepath.Join(t.TempDir(), "akita.sock"), true
	d := start(t, config)
	if n := len(d.Addresses()); n != 1 || d.Addresses()[0].String() != config.Socket {
		t.Errorf("listens on %v", d.Addresses())
	}
	info, err := os.Stat(config.Socket)
	if err != nil || info.Mode() != fs.ModeSocket|0o660 {
		t.Errorf("mode is %v, %v", info.Mode(), err)
	}
	client := bySocket(t, config.Socket)
	status, answer, err := post(
		client,
		"http://akita/v1/services/django-demo/middleware",
		`{"client_name":"web","active_trace_ids":[]}`,
	)
	if err != nil || status != 202 || !strings.Contains(answer, panda.Name) {
		t.Fatalf("registration: %d %s, %v", status, answer, err)
	}
	events := `{"client_name":"web","trace_events":[` + entry + `]}`
	if status, answer, err := post(client, "http://akita"+eventsPath, events); err != nil ||
		status != 202 {
		t.Errorf("events: %d %s, %v", status, answer, err)
	}
	cloud.untilWitnesses(1)
	d.Stop()
	if left, err := os.ReadDir(filepath.Dir(config.Socket)); err != nil || len(left) != 0 {
		t.Errorf("%v is left behind, %v", left, err)
	}
}

func TestStaleSocketIsReplaced(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	config := testConfig(cloud.URL, t.TempDir())
	config.Socket = filepath.Join(t.TempDir(), "akita.sock")
	stale, err := net.ListenUnix("unix", &net.UnixAddr{Name: config.Socket, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	stale.SetUnlinkOnClose(false)
	if err := stale.Close(); err != nil {
		t.Fatal(err)
	}
	start(t, config)
	if status, err := (agent.StatusClient{Socket: config.Socket}).Status(t.Context()); err != nil ||
		status.Name != "laptop" {
		t.Errorf("status: %+v, %v", status, err)
	}
}

func TestInvalidSocket(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("a file"), 0o600); err != nil {
		t.Fatal(err)
	}
	taken := filepath.Join(dir, "taken.sock")
	l, err := net.Listen("unix", taken)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	for path, want := range map[string]string{
		file:                               "exists and is not a socket: choose another path with --socket",
		taken:                              "another process listens on ",
		filepath.Join(dir, "none", "sock"): "does not exist: make it, or choose another path",
	} {
		config := testConfig(cloud.URL, t.TempDir())
		config.Socket = path
		d, err := agent.Start(t.Context(), config, settings(newLog()))
		if err == nil {
			d.Stop()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "a file" {
		t.Errorf("the file is %q now, %v", text, err)
	}
}

func TestTokenIsRequired(t *testing.T) {
	t.Parallel()
	cloud := newServer(t)
	config := testConfig(cloud.URL, t.TempDir())
	config.TokenFile = filepath.Join(t.TempDir(), "token")
	config.Socket = filepath.Join(t.TempDir(), "daemon.sock")
	d := start(t, config)
	for path, body := range map[string]string{
		"/v1/services/django-demo/middleware": `{"client_name":"web","active_trace_ids":[]}`,
		"/v1/services/none/middleware":        `{}`,
		eventsPath:                            `{"client_name":"web","trace_events":[` + entry + `]}`,
		"/v1/proof":                           `{}`,
		"/status":                             ``,
		"/":                                   ``,
	} {
		if status, answer := d.post(path, body); status != 401 || strings.Contains(answer, "django") {
			t.Errorf("%s: %d %s", path, status, answer)
		}
	}
	shared, err := token.Read(config.TokenFile)
	if err != nil {
		t.Fatal(err)
	}
	tcp := d.Addresses()[0].(*net.TCPAddr)
	where := agent.StatusClient{Listen: "127.0.0.1", Port: tcp.Port}
	if _, err := where.Status(t.Context()); err == nil || !strings.Contains(err.Error(), "requires its token") {
		t.Errorf("without the token: %v", err)
	}
	where.Token = shared
	if _, err := where.Status(t.Context()); err != nil {
		t.Error(err)
	}
	where.Socket = config.Socket
	if _, err := where.Status(t.Context()); err != nil {
		t.Errorf("through the socket: %v", err)
	}
	if strings.Contains(d.log.String(), "Every user") {
		t.Errorf("log is %s", d.log)
	}
	if err := os.Chmod(config.TokenFile, 0o644); err != nil {
		t.Fatal(err)
	}
	d.Stop()
	d = start(t, config)
	d.log.until(t, "Every user of this machine may read the token: run chmod o-r on its file")
}
