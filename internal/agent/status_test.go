package agent_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"akita/internal/agent"
	"akita/internal/agent/cloud"
	"akita/internal/witness"
)

// asked returns the daemon's status as another process gets it.
func (d *daemon) asked() agent.Status {
	d.t.Helper()
	status, err := agent.StatusClient{
		Listen: "127.0.0.1",
		Port:   d.Addresses()[0].(*net.TCPAddr).Port,
	}.Status(
		d.t.Context(),
	)
	if err != nil {
		d.t.Fatal(err)
	}
	return status
}

func TestStatus(t *testing.T) {
	t.Parallel()
	away := newServer(t)
	away.set(func(s *server) { s.traces = []trace{panda} })
	d := start(t, testConfig(away.URL, t.TempDir()))
	if s := d.asked(); s.Name != "laptop" || s.Version != "test" || s.Server.State != cloud.Reachable ||
		len(s.Projects) != 0 ||
		len(s.Listens) == 0 {
		t.Errorf("at the start: %+v", s)
	}
	d.register()
	d.mustSend(3)
	d.post(eventsPath, `{"client_name":"web","trace_events":[{}]}`)
	d.post(
		"/v1/services/django-demo/middleware",
		`{"client_name":"web","active_trace_ids":["lrn_0000000000000000000001"]}`,
	)
	d.post("/v1/services/none/middleware", `{"client_name":"lost","active_trace_ids":[]}`)
	away.untilWitnesses(3)

	s := d.asked()
	if e := s.Events; e.Received != 4 || e.Taken != 3 || e.PerSecond <= 0 {
		t.Errorf("events are %+v", e)
	}
	if s.Drops["malformed"] != 1 || s.Drops["too_large"]+s.Drops["spool_full"]+s.Drops["refused_by_server"] != 0 {
		t.Errorf("drops are %v", s.Drops)
	}
	if len(s.Projects) != 2 {
		t.Fatalf("projects are %+v", s.Projects)
	}
	demo, none := s.Projects[0], s.Projects[1]
	if demo.Name != "django-demo" || demo.Standing != "known" || len(demo.Traces) != 1 ||
		demo.Traces[0].Name != panda.Name ||
		demo.Traces[0].Witnesses != 3 {
		t.Errorf("the project is %+v", demo)
	}
	if len(demo.Clients) != 1 || demo.Clients[0].Name != "web" || len(demo.Clients[0].TraceIDs) != 1 ||
		demo.Clients[0].TraceIDs[0] != "lrn_0000000000000000000001" {
		t.Errorf("clients are %+v", demo.Clients)
	}
	if none.Standing != "missing" || len(none.Clients) != 1 {
		t.Errorf("the project that does not exist is %+v", none)
	}

	away.set(func(s *server) { s.down = true })
	d.mustSend(2)
	d.log.until(t, "The server answers with an error")
	s = d.asked()
	if s.Server.State != cloud.Failing || s.Server.LastError == nil ||
		!strings.Contains(s.Server.LastError.Message, "503") ||
		s.Server.LastAnswer.IsZero() {
		t.Errorf("the server is %+v", s.Server)
	}
	if s.Server.LastError != nil && s.Server.LastError.Over {
		t.Error("the error is over too early")
	}
	if p := s.Spool; p.Witnesses != 2 || p.Bundles < 1 || p.Oldest.Before(s.Started.Truncate(1e6)) || p.Bytes == 0 ||
		p.MaxBytes != 256<<20 {
		t.Errorf("the spool is %+v, since %v", p, s.Started)
	}

	away.set(func(s *server) { s.down = false })
	away.untilWitnesses(5)
	for s = d.asked(); s.Server.State != cloud.Reachable; s = d.asked() { // when each operation has been tried again
		if s.Server.LastError == nil || s.Server.LastError.Over {
			t.Fatalf("the server is %+v", s.Server)
		}
	}
	if s.Server.LastError == nil || !s.Server.LastError.Over {
		t.Errorf("the server is %+v, want an error that is over", s.Server)
	}
}

// lines collects what a preview prints, and signals each new line.
type lines struct {
	mu    sync.Mutex
	text  bytes.Buffer
	wrote chan struct{} // gets a value for each line
	err   error
}

func (l *lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return 0, l.err
	}
	l.wrote <- struct{}{}
	return l.text.Write(line)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func TestPreviewPrintsWhatWouldBeUploaded(t *testing.T) {
	t.Parallel()
	out := &lines{wrote: make(chan struct{}, 10)}
	d := startPreview(t, out)
	// A trace is on at once, in any project.
	status, answer := d.post("/v1/services/any/middleware", `{"client_name":"web","active_trace_ids":[]}`)
	if status != 202 || !strings.Contains(answer, `"trace_name":"preview"`) {
		t.Fatalf("registration: %d %s", status, answer)
	}
	events := `{"client_name":"web","trace_events":[` + entry + `,` + entry + `]}`
	if status, answer := d.post("/v1/services/any/traces/preview/events", events); status != 202 {
		t.Fatalf("events: %d %s", status, answer)
	}
	for range 4 { // two heartbeats and two witnesses
		<-out.wrote
	}
	var heartbeats, witnesses strings.Builder
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(line, `{"heartbeat":`) {
			heartbeats.WriteString(line)
			continue
		}
		witnesses.WriteString(line)
	}
	got := heartbeats.String()
	if strings.Count(got, "\n") != 2 || !strings.Contains(got, `"project":"any","name":"web"`) {
		t.Errorf("heartbeats are %s", got)
	}
	reader := witness.NewReader(strings.NewReader(witnesses.String()))
	for range 2 {
		var w witness.Witness
		if err := reader.Next(&w); err != nil || w.Method != "GET" || w.Host != "testserver" {
			t.Errorf("printed %+v, %v", w, err)
		}
	}
	if s := d.asked(); !s.Preview || s.Server.URL != "" || s.Server.State != cloud.Unknown {
		t.Errorf("status is %+v", s)
	}
}

func TestPreviewWriteErrorEndsTheDaemon(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken pipe")
	d := startPreview(t, &lines{err: broken})
	d.post("/v1/services/any/middleware", `{"client_name":"web","active_trace_ids":[]}`)
	d.post("/v1/services/any/traces/preview/events", `{"client_name":"web","trace_events":[`+entry+`]}`)
	if err := <-d.Failed(); !errors.Is(err, broken) {
		t.Errorf("failed with %v", err)
	}
}

func startPreview(t *testing.T, out io.Writer) *daemon {
	t.Helper()
	config := testConfig("", t.TempDir())
	config.KeyID, config.KeySecret, config.Preview = "", "", true
	log := newLog()
	s := settings(log)
	s.Preview = out
	return startWith(t, config, s, log)
}
