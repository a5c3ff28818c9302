package agent_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"akita/internal/delta"
)

const (
	keyID     = "apk_6EjLU2sINbfKRwmqeqQM8s"
	keySecret = "s3cret"
	projectID = "svc_6EjLU2sINbfKRwmqeqQM8s"
)

type trace struct {
	ID   string    `json:"id"`
	Name string    `json:"name"`
	End  time.Time `json:"end"`
}

var panda = trace{"lrn_6EjLU2sINbfKRwmqeqQM8s", "powder-blue-panda-338", time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)}

// heartbeat is the body of a heartbeat.
type heartbeat struct {
	Name    string `json:"name"`
	Clients []struct {
		Project, Name string
	} `json:"clients"`

	instance string // of the header
}

// server implements the API operations that are tagged agent, for one project.
type server struct {
	*httptest.Server
	t *testing.T

	heartbeats chan heartbeat

	mu       sync.Mutex
	project  string // its name
	traces   []trace
	changed  chan struct{}
	refuse   bool           // the API key
	down     bool           // every answer is a 503
	sameName int            // other daemons of the name
	lines    map[string]int // witnesses, by bundle id; those of a delta by its first
	puts     int
	reports  []string // lists of routes and documents, each as often as it was sent
}

func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{
		t:          t,
		heartbeats: make(chan heartbeat, 1000),
		project:    "django-demo",
		changed:    make(chan struct{}),
		lines:      make(map[string]int),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v1/agent/heartbeat", s.heartbeat)
	mux.HandleFunc("POST /api/v1/agent/projects/{project}/traces", s.poll)
	mux.HandleFunc("PUT /api/v1/agent/projects/{project}/routes", s.putReport)
	mux.HandleFunc("PUT /api/v1/agent/projects/{project}/declaration", s.putReport)
	mux.HandleFunc("PUT /api/v1/agent/projects/{project}/traces/{trace}/bundles/{bundle}", s.put)
	s.Server = httptest.NewServer(s.guard(mux))
	t.Cleanup(s.Close)
	return s
}

// set changes the server's state under its lock, and wakes the polls that wait.
func (s *server) set(change func(*server)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, secret, _ := r.BasicAuth()
		s.mu.Lock()
		refuse, down := s.refuse || id != keyID || secret != keySecret, s.down
		s.mu.Unlock()
		switch {
		case down:
			problem(w, http.StatusServiceUnavailable, "unavailable")
		case refuse:
			problem(w, http.StatusUnauthorized, "invalid_credentials")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func problem(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"code":%q}`, code)
}

func (s *server) heartbeat(w http.ResponseWriter, r *http.Request) {
	var beat heartbeat
	if err := json.NewDecoder(r.Body).Decode(&beat); err != nil {
		s.t.Errorf("heartbeat: %v", err)
	}
	beat.instance = r.Header.Get("Akita-Instance")
	s.heartbeats <- beat
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = fmt.Fprintf(w, `{"interval_seconds":30,"same_name":%d}`, s.sameName)
}

func (s *server) poll(w http.ResponseWriter, r *http.Request) {
	var question struct {
		ActiveTraceIDs []string `json:"active_trace_ids"`
		WaitSeconds    int      `json:"wait_seconds"`
	}
	if err := json.NewDecoder(r.Body).Decode(&question); err != nil {
		s.t.Errorf("poll: %v", err)
	}
	held := time.After(time.Duration(question.WaitSeconds) * time.Second)
	for {
		s.mu.Lock()
		known := strings.EqualFold(s.project, r.PathValue("project"))
		on, changed := s.traces, s.changed
		s.mu.Unlock()
		switch {
		case !known:
			problem(w, http.StatusNotFound, "project_not_found")
			return
		case question.WaitSeconds == 0, differ(question.ActiveTraceIDs, on):
			s.answer(w, on)
			return
		}
		select {
		case <-changed:
		case <-held:
			s.answer(w, on)
			return
		case <-r.Context().Done():
			return
		}
	}
}

func differ(ids []string, on []trace) bool {
	if len(ids) != len(on) {
		return true
	}
	for i := range ids {
		if ids[i] != on[i].ID {
			return true
		}
	}
	return false
}

func (s *server) answer(w http.ResponseWriter, on []trace) {
	if on == nil {
		on = []trace{}
	}
	err := json.NewEncoder(w).Encode(map[string]any{"project_id": projectID, "project_name": "django-demo", "traces": on})
	if err != nil {
		s.t.Logf("answer: %v", err) // the daemon has gone
	}
}

func (s *server) put(w http.ResponseWriter, r *http.Request) {
	decoder, err := zstd.NewReader(r.Body)
	if err != nil {
		s.t.Error(err)
		return
	}
	defer decoder.Close()
	body, err := io.ReadAll(decoder)
	if err != nil {
		problem(w, http.StatusBadRequest, "invalid_request") // the daemon was killed while it sent
		return
	}
	if r.PathValue("project") != projectID || r.PathValue("trace") != panda.ID {
		problem(w, http.StatusNotFound, "trace_not_found")
		return
	}
	witnesses := strings.Count(string(body), "\n")
	if r.Header.Get("Content-Type") == delta.MediaType {
		calls, err := delta.Decode(body)
		if err != nil {
			s.t.Error(err)
			return
		}
		witnesses = calls.Calls()
	}
	ids := []string{r.PathValue("bundle")}
	if with := r.Header.Get("Akita-Bundles"); with != "" {
		ids = append(ids, strings.Split(with, ",")...)
	}
	var known []string
	s.set(func(s *server) {
		s.puts++
		for _, id := range ids {
			if _, ok := s.lines[id]; ok {
				known = append(known, id)
			}
		}
		if len(known) > 0 {
			return
		}
		for _, id := range ids {
			s.lines[id] = 0
		}
		s.lines[ids[0]] = witnesses
	})
	if len(known) > 0 && len(known) < len(ids) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusConflict)
		_ = json.NewEncoder(w).Encode(map[string]any{"code": "bundles_known", "known": known})
		return
	}
	w.WriteHeader(http.StatusAccepted)
	_, _ = io.WriteString(w, `{"witnesses":1}`)
}

func (s *server) putReport(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Error(err)
	}
	s.set(func(s *server) { s.reports = append(s.reports, r.PathValue("project")+" "+string(body)) })
	_, _ = io.WriteString(w, `{"routes":1,"bytes":1}`)
}

// untilReport waits until a report has arrived, and forgets it.
func (s *server) untilReport(want string) {
	s.t.Helper()
	s.until(want+" has arrived", func() bool {
		arrived := slices.Contains(s.reports, want)
		if arrived {
			s.reports = nil
		}
		return arrived
	})
}

// witnesses counts the witnesses that were taken, each bundle once.
func (s *server) witnesses() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, lines := range s.lines {
		n += lines
	}
	return n
}

// until waits until the condition holds, which is evaluated under the server's lock.
func (s *server) until(what string, holds func() bool) {
	s.t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		s.mu.Lock()
		ok, changed := holds(), s.changed
		s.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			s.t.Fatalf("waited for 30 s until %s", what)
		}
	}
}

// untilWitnesses waits until the server has n witnesses.
func (s *server) untilWitnesses(n int) {
	s.t.Helper()
	s.until(fmt.Sprintf("there are %d witnesses", n), func() bool {
		sum := 0
		for _, lines := range s.lines {
			sum += lines
		}
		return sum >= n
	})
}
