// Package traces holds what a daemon knows about projects: the middleware clients that
// named them, and the traces that are on. Clients wait here for a change that the
// server reports.
package traces

import (
	"errors"
	"iter"
	"log/slog"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Times after which something is forgotten.
const (
	clientExpiry = 2 * time.Minute  // of a client that no longer connects
	idleExpiry   = 10 * time.Minute // of a service without a client
	grace        = time.Minute      // of an ended trace; until then its events are taken
)

// Bounds against a local process that invents names. Above them, others are forgotten:
// see makeRoom and forgetClient.
const (
	maxServices = 64
	maxClients  = 1000 // of all services; a heartbeat lists them
	maxBelieved = 16   // traces stored per client

	missingBurst = 20 // log lines about projects that do not exist, then one a second
)

// Errors of a Registry.
var (
	ErrUnknownService = errors.New("service is not known to this daemon")
	ErrUnknownTrace   = errors.New("trace is not known to this daemon")
	ErrTooMany        = errors.New("too many projects are in use")
)

// Trace is a trace that is on, or that ended within the last minute.
type Trace struct {
	ID           string    `json:"id"` // lrn_…
	Name         string    `json:"name"`
	ProjectID    string    `json:"project_id"` // svc_…
	End          time.Time `json:"end"`
	SamplingRate float64   `json:"sampling_rate"` // 0 to 1
}

// Standing says whether the server has a project of a service's name.
type Standing int

// The standings.
const (
	Unasked Standing = iota // the server has not answered yet
	Known
	Missing // the server has no project of that name
)

// String implements fmt.Stringer.
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

// View is what clients of a service may know.
type View struct {
	Standing Standing
	Active   []Trace // by id; not to be changed
	// Changed is closed when the view is out of date.
	Changed <-chan struct{}
}

// Client is a middleware process, by the names that it sent.
type Client struct {
	Service  string
	Name     string
	LastSeen time.Time
	TraceIDs []string // some of those that it believes are on
}

// Service is a project under the name that middlewares use.
type Service struct {
	Name     string
	Standing Standing
	Active   []Trace           // by id
	Taken    map[string]uint64 // witnesses taken, by the id of a trace that is on
	Clients  []Client          // by name
}

// Config is what a Registry works with.
type Config struct {
	// StatePath is a file that keeps the traces across restarts; "" for none.
	StatePath string
	// OnService is called for each service that must be watched from now on: when it is
	// first named, and by Resume. forgotten is closed when it need not be watched any
	// more. OnService must not block.
	OnService func(service string, forgotten <-chan struct{})
	// OnClients is called for each new client. It must not block.
	OnClients func()

	Now    func() time.Time
	Logger *slog.Logger
}

// Registry holds services, clients and traces. Its methods are safe for
// concurrent use. Service names are matched without regard to case.
type Registry struct {
	config Config

	saving  sync.Mutex    // held while the state file is written
	missing *rate.Limiter // of log lines about projects that do not exist

	mu       sync.Mutex
	services map[string]*service // by nameKey
	vanished uint64              // clients that were forgotten
}

// service is the state of a Service.
type service struct {
	name     string // as it was first written
	standing Standing
	active   map[string]Trace      // by id
	ended    map[string]endedTrace // by id
	taken    map[string]uint64     // witnesses, by the id of an active or ended trace
	clients  map[string]sighting   // by name
	lastSeen time.Time             // of any client

	view    View          // for clients; it changes after the state has been saved
	changed chan struct{} // view.Changed

	forgotten chan struct{} // closed when the registry forgets the service
}

// sighting is the last request of a client: its time, and the traces that it believed are on.
type sighting struct {
	at       time.Time
	believed []string
}

type endedTrace struct {
	Trace
	Until time.Time `json:"until"` // events are taken until then
}

// nameKey returns the key of a service in a map. Case does not matter.
func nameKey(name string) string { return strings.ToLower(name) }

// New returns a registry with the traces of the state file. A file that cannot be
// read is logged and ignored.
func New(config Config) *Registry {
	r := &Registry{
		config: config, services: make(map[string]*service),
		missing: rate.NewLimiter(rate.Every(time.Second), missingBurst),
	}
	r.load()
	return r
}

// Resume logs the traces of the state file, and calls OnService for its services.
func (r *Registry) Resume() {
	for _, saved := range r.sorted() {
		for _, t := range saved.Active {
			r.logChange("Activating", t)
		}
		r.mu.Lock()
		s := r.services[nameKey(saved.Name)]
		r.mu.Unlock()
		if s != nil { // it was not forgotten meanwhile
			r.config.OnService(s.name, s.forgotten)
		}
	}
}

// Register stores that a client of a service has connected, and which traces it believes
// are on; nil leaves these as they are. It returns ErrTooMany if the service is new and all
// others are in use.
func (r *Registry) Register(serviceName, client string, believed []string) error {
	now := r.config.Now()
	r.mu.Lock()
	s, old := r.services[nameKey(serviceName)]
	if !old {
		if !r.makeRoom(now) {
			r.mu.Unlock()
			return ErrTooMany
		}
		s = newService(serviceName, now)
		r.services[nameKey(serviceName)] = s
	}
	last, seen := s.clients[client]
	if !seen && r.clientCount() >= maxClients {
		if r.forgetVanished(now); r.clientCount() >= maxClients {
			r.forgetClient()
		}
	}
	if believed == nil {
		believed = last.believed
	}
	s.clients[client] = sighting{now, slices.Clone(believed[:min(len(believed), maxBelieved)])}
	s.lastSeen = now
	r.mu.Unlock()
	if !old {
		r.config.OnService(serviceName, s.forgotten)
	}
	if !seen {
		r.config.OnClients()
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

		forgotten: make(chan struct{}),
	}
	s.show()
	return s
}

// show publishes the present state to clients.
func (s *service) show() {
	if s.changed != nil {
		close(s.changed)
	}
	s.changed = make(chan struct{})
	s.view = View{Standing: s.standing, Active: sortedTraces(s.active), Changed: s.changed}
}

// View returns the present view of a service.
func (r *Registry) View(serviceName string) (View, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.services[nameKey(serviceName)]
	if s == nil {
		return View{}, ErrUnknownService
	}
	return s.view, nil
}

// Find returns a trace of a service by its name, if events for it are taken: while it
// is on and for a minute after. no_more_events does not end that minute, since several
// processes may share a client's name.
func (r *Registry) Find(serviceName, traceName string) (Trace, error) {
	now := r.config.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.services[nameKey(serviceName)]
	if s == nil || s.standing == Missing {
		return Trace{}, ErrUnknownService
	}
	for t := range s.taking(now) {
		if t.Name == traceName {
			return t, nil
		}
	}
	return Trace{}, ErrUnknownTrace
}

// taking yields the traces whose events are taken: those that are on first, then those that have
// ended.
func (s *service) taking(now time.Time) iter.Seq[Trace] {
	return func(yield func(Trace) bool) {
		for _, t := range s.active {
			if !yield(t) {
				return
			}
		}
		for _, t := range s.ended {
			if now.Before(t.Until) && !yield(t.Trace) {
				return
			}
		}
	}
}

// Named returns the traces of a service with these ids whose events are taken, by id.
func (r *Registry) Named(serviceName string, ids []string) (named []Trace) {
	now := r.config.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	if s := r.services[nameKey(serviceName)]; s != nil {
		for t := range s.taking(now) {
			if slices.Contains(ids, t.ID) {
				named = append(named, t)
			}
		}
	}
	slices.SortFunc(named, func(a, b Trace) int { return strings.Compare(a.ID, b.ID) })
	return named
}

// Overlap reports whether events of more than one trace of a service are taken.
func (r *Registry) Overlap(serviceName string) bool {
	now := r.config.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	if s := r.services[nameKey(serviceName)]; s != nil {
		for range s.taking(now) {
			n++
		}
	}
	return n > 1
}

// Clients returns the clients seen in the last minutes, ordered by service and name.
func (r *Registry) Clients() []Client {
	clients := []Client{}
	for _, s := range r.Services() {
		clients = append(clients, s.Clients...)
	}
	return clients
}

// Services returns all services, ordered by name. It forgets clients that no longer
// connect.
func (r *Registry) Services() []Service {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forgetVanished(r.config.Now())
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

// forgetVanished forgets the clients that no longer connect. The caller holds mu.
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

// Vanished returns how many clients were forgotten because they no longer connect.
func (r *Registry) Vanished() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.vanished
}

// Count adds to the witnesses that were taken for a trace.
func (r *Registry) Count(serviceName, traceID string, witnesses int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.services[nameKey(serviceName)]
	if s == nil {
		return
	}
	if _, ended := s.ended[traceID]; ended || s.active[traceID].ID != "" {
		s.taken[traceID] += uint64(witnesses)
	}
}

// ForgetIdle forgets a service that no client has named for 10 minutes, and reports
// whether it did.
func (r *Registry) ForgetIdle(serviceName string) bool {
	r.mu.Lock()
	s := r.services[nameKey(serviceName)]
	idle := s != nil && r.config.Now().Sub(s.lastSeen) > idleExpiry
	if idle {
		r.forget(s)
	}
	r.mu.Unlock()
	if idle {
		r.config.Logger.Info("No middleware has named this project for 10 minutes: the daemon stops watching it",
			"project", s.name)
		r.save()
	}
	return idle
}

// forget removes a service, and wakes its clients and its watcher. The caller holds mu.
func (r *Registry) forget(s *service) {
	delete(r.services, nameKey(s.name))
	close(s.changed)
	close(s.forgotten)
}

func sortedTraces(byID map[string]Trace) []Trace {
	traces := make([]Trace, 0, len(byID))
	for _, t := range byID {
		traces = append(traces, t)
	}
	sort.Slice(traces, func(i, j int) bool { return traces[i].ID < traces[j].ID })
	return traces
}
