package local

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.uber.org/goleak"

	"akita/internal/agent/spool"
	"akita/internal/agent/traces"
	"akita/internal/witness"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// panda is the trace that is on in most tests.
var panda = traces.Trace{
	ID:           "lrn_6EjLU2sINbfKRwmqeqQM8s",
	Name:         "powder-blue-panda-338",
	ProjectID:    "svc_6EjLU2sINbfKRwmqeqQM8s",
	End:          time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
	SamplingRate: 1,
}

// bench is a server with a registry and a spool. The project django-demo exists, and
// panda is on in it; the project missing does not exist; the server was not asked
// about the project unasked yet.
type bench struct {
	t        *testing.T
	url      string
	server   *Server
	registry *traces.Registry
	spool    *spool.Spool
	log      *logBuffer
}

func setup(t *testing.T) *bench {
	t.Helper()
	return setupWith(t, func(*Config) {})
}

// setupWith lets change modify the server's configuration, and tune the server.
func setupWith(t *testing.T, change func(*Config), tune ...func(*Server)) *bench {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return setupOn(t, listener, change, tune...)
}

// setupOn is setupWith on a listener.
func setupOn(t *testing.T, listener net.Listener, change func(*Config), tune ...func(*Server)) *bench {
	t.Helper()
	b := &bench{t: t, log: &logBuffer{}}
	logger := slog.New(slog.NewTextHandler(b.log, nil))
	var err error
	b.spool, err = spool.Open(spool.Config{Dir: t.TempDir(), Now: time.Now, Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	b.registry = newRegistry(logger)
	for _, service := range []string{"django-demo", "missing", "unasked"} {
		if err := b.registry.Register(service, "setup", nil); err != nil {
			t.Fatal(err)
		}
	}
	b.registry.Update("django-demo", []traces.Trace{panda})
	b.registry.Miss("missing")
	config := Config{
		Registry: b.registry,
		Spool:    b.spool,
		Status:   func() any { return struct{}{} },
		Now:      time.Now,
		Logger:   logger,
	}
	change(&config)
	b.server = New(config)
	for _, tune := range tune {
		tune(b.server)
	}
	b.url = "http://" + listener.Addr().String()
	b.server.Serve([]net.Listener{listener}, "127.0.0.1", func(err error) { t.Error(err) })
	t.Cleanup(func() {
		if err := b.server.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
		if err := b.spool.Close(); err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	return b
}

// newRegistry returns a registry that nothing watches.
func newRegistry(logger *slog.Logger) *traces.Registry {
	return traces.New(traces.Config{
		OnService: func(string, <-chan struct{}) {}, OnClients: func() {}, Now: time.Now, Logger: logger,
	})
}

// send makes a request and returns the status, body and header of the answer.
func (b *bench) send(method, path, body string, header ...string) (int, string, http.Header) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		switch {
		case header[i] == "Host":
			req.Host = header[i+1]
		case header[i+1] == "-":
			req.Header.Del(header[i])
		default:
			req.Header.Set(header[i], header[i+1])
		}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return resp.StatusCode, strings.TrimSpace(string(answer)), resp.Header
}

func (b *bench) post(path, body string) (int, string) {
	b.t.Helper()
	status, answer, _ := b.send(http.MethodPost, path, body)
	return status, answer
}

const eventsPath = "/v1/services/django-demo/traces/powder-blue-panda-338/events"

// spooled returns the witnesses in the spool, and their text.
func (b *bench) spooled() (witnesses []witness.Witness, plain string) {
	b.t.Helper()
	decoder, err := zstd.NewReader(nil)
	if err != nil {
		b.t.Fatal(err)
	}
	defer decoder.Close()
	dontWait, cancel := context.WithCancel(context.Background())
	cancel()
	var all []byte
	for {
		bundles, err := b.spool.Next(dontWait, 100, 1<<20)
		if errors.Is(err, context.Canceled) {
			break // the spool is empty
		}
		if err != nil {
			b.t.Fatal(err)
		}
		for _, bundle := range bundles {
			if all, err = decoder.DecodeAll(bundle.Payload, all); err != nil {
				b.t.Fatal(err)
			}
		}
	}
	for record := range witness.Records(string(all)) {
		var w witness.Witness // an Unpacker reuses the memory of shapes
		if err := new(witness.Unpacker).Read(&w, record); err != nil {
			b.t.Fatal(err)
		}
		witnesses = append(witnesses, w)
	}
	lines, err := witness.AppendLines(nil, string(all))
	if err != nil {
		b.t.Fatal(err)
	}
	return witnesses, string(lines)
}

// logBuffer collects log lines of several goroutines.
type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
