// Package traces knows what a daemon must know of projects: which middleware
// clients named them, which traces are on, and who waits for a change. The
// clients and the server meet here; neither waits for the other.
package traces

import (
	"errors"
	"log/slog"
	"slices"
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
	maxBelieved = 16   // traces noted per client
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

// String is how a standing is shown.
func (s Standing) String() string {
	switch s {
	case Known:
		return "known"
	case Missing:
		return "missing"
	case Unasked:
	}
	return "unasked"
}

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
	TraceIDs []string // the first of those that it last said it believes are on
}

// Service is a project as middlewares name it.
type Service struct {
	Name     string
	Standing Standing
	Active   []Trace           // by id
	Taken    map[string]uint64 // witnesses taken, by the id of a trace that is on
	Clients  []Client          // by name
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
	vanished uint64              // clients that were forgotten
}

// service is a project as middlewares name it.
type service struct {
	name     string // as it was first written
	standing Standing
	active   map[string]Trace      // by id
	ended    map[string]endedTrace // by id
	taken    map[string]uint64     // witnesses, by the id of an active or ended trace
	clients  map[string]sighting   // by name
	lastSeen time.Time             // of any client

	view    View          // what clients may know: it follows the rest once that is on disk
	changed chan struct{} // view.Changed
}

// sighting is when a client was last seen, and what it believed then.
type sighting struct {
	at       time.Time
	believed []string
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

// Register notes that a client of a service is there, and which traces it believes are
// on; nil where it does not say.
func (r *Registry) Register(serviceName, client string, believed []string) error {
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
	last, seen := s.clients[client]
	if !seen && r.clientCount() >= maxClients {
		if r.forgetVanished(now); r.clientCount() >= maxClients {
			r.mu.Unlock()
			return ErrTooMany
		}
	}
	if believed == nil {
		believed = last.believed
	}
	s.clients[client] = sighting{now, slices.Clone(believed[:min(len(believed), maxBelieved)])}
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
		taken:    make(map[string]uint64),
		clients:  make(map[string]sighting),
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

// Clients lists the clients seen lately, by service and name.
func (r *Registry) Clients() []Client {
	clients := []Client{}
	for _, s := range r.Services() {
		clients = append(clients, s.Clients...)
	}
	return clients
}

// Services lists what is known of all services, by name, after it has forgotten the
// clients that vanished.
func (r *Registry) Services() []Service {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forgetVanished(r.cfg.Now())
	services := make([]Service, 0, len(r.services))
	for _, s := range r.services {
		services = append(services, s.list())
	}
	slices.SortFunc(services, func(a, b Service) int { return strings.Compare(a.Name, b.Name) })
	return services
}

func (s *service) list() Service {
	out := Service{Name: s.name, Standing: s.standing, Active: sortedTraces(s.active), Taken: make(map[string]uint64)}
	for _, t := range out.Active {
		out.Taken[t.ID] = s.taken[t.ID]
	}
	for name, seen := range s.clients {
		out.Clients = append(out.Clients, Client{Service: s.name, Name: name, LastSeen: seen.at, TraceIDs: seen.believed})
	}
	slices.SortFunc(out.Clients, func(a, b Client) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// forgetVanished forgets the clients that were not seen lately. The caller holds mu.
func (r *Registry) forgetVanished(now time.Time) {
	for _, s := range r.services {
		for name, seen := range s.clients {
			if now.Sub(seen.at) > clientExpiry {
				delete(s.clients, name)
				r.vanished++
			}
		}
	}
}

// Vanished is how many clients were forgotten because they were not seen any more.
func (r *Registry) Vanished() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.vanished
}

// Count adds to the witnesses that were taken for a trace.
func (r *Registry) Count(serviceName, traceID string, witnesses int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.services[fold(serviceName)]
	if s == nil {
		return
	}
	if _, ended := s.ended[traceID]; ended || s.active[traceID].ID != "" {
		s.taken[traceID] += uint64(witnesses)
	}
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
