// Package traces knows what a daemon must know of projects: which middleware
// clients named them, which traces are on, and who waits for a change. The
// clients and the server meet here; neither waits for the other.
package traces

import (
	"errors"
	"log/slog"
	"sort"
	"strings"
	"sync"
	"time"
)

// Spans of time that decide what is still known.
const (
	clientExpiry = 2 * time.Minute  // a client unseen for longer is gone
	idleExpiry   = 10 * time.Minute // a service without any client for longer is forgotten
	grace        = time.Minute      // events of an ended trace are still taken for as long
)

// Bounds against a local process that makes up names.
const (
	maxServices = 64
	maxClients  = 1000 // of all services; a heartbeat lists them
)

// Errors that callers tell apart with errors.Is.
var (
	ErrUnknownService = errors.New("service is not known to this daemon")
	ErrUnknownTrace   = errors.New("trace is not known to this daemon")
	ErrTooMany        = errors.New("too many names")
)

// Trace is a trace that is on, or that ended a moment ago.
type Trace struct {
	ID           string    `json:"id"` // lrn_…
	Name         string    `json:"name"`
	ProjectID    string    `json:"project_id"` // svc_…
	End          time.Time `json:"end"`
	SamplingRate float64   `json:"sampling_rate"` // 0 to 1
}

// Standing is what is known of a service at the server.
type Standing int

// The standings.
const (
	Unasked Standing = iota // the server was not reached yet
	Known
	Missing // the server has no project of that name
)

// View is what a client of a service may know at one moment.
type View struct {
	Standing Standing
	Active   []Trace // by id; not to be changed
	// Changed is closed when the view is no longer true.
	Changed <-chan struct{}
}

// Client is a middleware process, by the names it gave.
type Client struct {
	Service  string
	Name     string
	LastSeen time.Time
}

// Config says what a Registry works with.
type Config struct {
	// StatePath is the file in which the traces outlive the daemon; "" for none.
	StatePath string
	// OnService is called, without waiting, for each service that somebody must
	// now watch: when it is first named, and by Resume.
	OnService func(service string)
	// OnClients is called, without waiting, when a client is new.
	OnClients func()

	Now    func() time.Time
	Logger *slog.Logger
}

// Registry holds services, clients and traces. Its methods are safe for
// concurrent use. Service names are matched without regard to case.
type Registry struct {
	cfg Config

	saving sync.Mutex // held while the state file is written

	mu       sync.Mutex
	services map[string]*service // by folded name
}

// service is a project as middlewares name it.
type service struct {
	name     string // as it was first written
	standing Standing
	active   map[string]Trace      // by id
	ended    map[string]endedTrace // by id
	clients  map[string]time.Time  // when last seen, by name
	lastSeen time.Time             // of any client

	view    View          // what clients may know: it follows the rest once that is on disk
	changed chan struct{} // view.Changed
}

type endedTrace struct {
	Trace
	Until time.Time `json:"until"` // events are taken until then
}

func fold(name string) string { return strings.ToLower(name) }

// New returns a registry with the traces that an earlier run left in the state
// file. An unreadable file is reported and counts as none.
func New(cfg Config) *Registry {
	r := &Registry{cfg: cfg, services: make(map[string]*service)}
	r.load()
	return r
}

// Resume calls OnService for what an earlier run left, and logs its traces.
func (r *Registry) Resume() {
	for _, s := range r.sorted() {
		for _, t := range s.Active {
			r.logChange("Activating", t)
		}
		r.cfg.OnService(s.Name)
	}
}

// Register notes that a client of a service is there.
func (r *Registry) Register(serviceName, client string) error {
	now := r.cfg.Now()
	r.mu.Lock()
	s, old := r.services[fold(serviceName)]
	if !old {
		if len(r.services) >= maxServices {
			r.mu.Unlock()
			return ErrTooMany
		}
		s = newService(serviceName, now)
		r.services[fold(serviceName)] = s
	}
	_, seen := s.clients[client]
	if !seen && r.clientCount() >= maxClients {
		r.mu.Unlock()
		return ErrTooMany
	}
	s.clients[client] = now
	s.lastSeen = now
	r.mu.Unlock()
	if !old {
		r.cfg.OnService(serviceName)
	}
	if !seen {
		r.cfg.OnClients()
	}
	return nil
}

// clientCount counts the clients of all services. The caller holds mu.
func (r *Registry) clientCount() int {
	n := 0
	for _, s := range r.services {
		n += len(s.clients)
	}
	return n
}

func newService(name string, now time.Time) *service {
	s := &service{
		name:     name,
		active:   make(map[string]Trace),
		ended:    make(map[string]endedTrace),
		clients:  make(map[string]time.Time),
		lastSeen: now,
	}
	s.show()
	return s
}

// show makes the present state what clients may know.
func (s *service) show() {
	if s.changed != nil {
		close(s.changed)
	}
	s.changed = make(chan struct{})
	s.view = View{Standing: s.standing, Active: sortedTraces(s.active), Changed: s.changed}
}

// View returns what is true of a service now.
func (r *Registry) View(serviceName string) (View, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.services[fold(serviceName)]
	if s == nil {
		return View{}, ErrUnknownService
	}
	return s.view, nil
}

// Find returns a trace of a service by its name, where events for it are taken:
// while it is on and for a minute after. Several processes may share a client's
// name, so that "no more events" from one does not speak for the others; the
// minute does not depend on it.
func (r *Registry) Find(serviceName, traceName string) (Trace, error) {
	now := r.cfg.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.services[fold(serviceName)]
	if s == nil || s.standing == Missing {
		return Trace{}, ErrUnknownService
	}
	for _, t := range s.active {
		if t.Name == traceName {
			return t, nil
		}
	}
	for _, t := range s.ended {
		if t.Name == traceName && now.Before(t.Until) {
			return t.Trace, nil
		}
	}
	return Trace{}, ErrUnknownTrace
}

// Clients lists the clients seen lately, by service and name, and forgets the others.
func (r *Registry) Clients() []Client {
	now := r.cfg.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	clients := []Client{}
	for _, s := range r.services {
		for name, seen := range s.clients {
			if now.Sub(seen) > clientExpiry {
				delete(s.clients, name)
				continue
			}
			clients = append(clients, Client{Service: s.name, Name: name, LastSeen: seen})
		}
	}
	sort.Slice(clients, func(i, j int) bool {
		a, b := clients[i], clients[j]
		return a.Service < b.Service || a.Service == b.Service && a.Name < b.Name
	})
	return clients
}

// ForgetIdle forgets a service that no client has named for 10 minutes, and
// reports whether it did: then nobody needs to watch it.
func (r *Registry) ForgetIdle(serviceName string) bool {
	r.mu.Lock()
	s := r.services[fold(serviceName)]
	idle := s != nil && r.cfg.Now().Sub(s.lastSeen) > idleExpiry
	if idle {
		delete(r.services, fold(serviceName))
		close(s.changed)
	}
	r.mu.Unlock()
	if idle {
		r.cfg.Logger.Info("No middleware has asked for this project for 10 minutes: it is no longer watched", "project", s.name)
		r.save()
	}
	return idle
}

func sortedTraces(byID map[string]Trace) []Trace {
	traces := make([]Trace, 0, len(byID))
	for _, t := range byID {
		traces = append(traces, t)
	}
	sort.Slice(traces, func(i, j int) bool { return traces[i].ID < traces[j].ID })
	return traces
}
