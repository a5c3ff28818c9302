package agent

import (
	"time"

	"akita/internal/agent/cloud"
	"akita/internal/agent/traces"
)

// Status is the answer to GET /status. It holds names and counts, and nothing of
// what was captured.
type Status struct {
	Name          string    `json:"name"`
	Version       string    `json:"version"`
	Preview       bool      `json:"preview,omitzero"` // the daemon prints what it would upload
	Started       time.Time `json:"started"`
	UptimeSeconds int64     `json:"uptime_seconds"`
	Listens       []string  `json:"listens"`
	SameName      int64     `json:"same_name,omitzero"` // other daemons of this name, as the server says

	Server   ServerStatus    `json:"server"`
	Projects []ProjectStatus `json:"projects"`
	Events   EventsStatus    `json:"events"`
	Spool    SpoolStatus     `json:"spool"`
	// Drops counts what was lost since the start, by reason: "malformed", "too_large" (events),
	// "spool_full", "refused_by_server" (witnesses).
	Drops map[string]uint64 `json:"drops"`
	// VanishedClients counts clients that were forgotten because they no longer connect.
	VanishedClients uint64 `json:"vanished_clients"`
}

// ServerStatus is what the daemon knows about its server.
type ServerStatus struct {
	URL        string       `json:"url,omitzero"` // "" with --preview
	State      cloud.State  `json:"state"`
	LastAnswer time.Time    `json:"last_answer,omitzero"`
	LastError  *ErrorStatus `json:"last_error,omitzero"`
}

// ErrorStatus is an error and its time.
type ErrorStatus struct {
	Time    time.Time `json:"time"`
	Message string    `json:"message"`
	Over    bool      `json:"over"` // the server has answered without errors since
}

// ProjectStatus is a project that a middleware named.
type ProjectStatus struct {
	Name     string         `json:"name"`
	Standing string         `json:"standing"` // "unasked", "known" or "missing", at the server
	Traces   []TraceStatus  `json:"traces"`   // that are on
	Clients  []ClientStatus `json:"clients"`
}

// TraceStatus is a trace that is on.
type TraceStatus struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	End       time.Time `json:"end"`
	Witnesses uint64    `json:"witnesses"` // taken by this daemon since it started
}

// ClientStatus is a middleware process, or several that share a name.
type ClientStatus struct {
	Name     string    `json:"name"`
	LastSeen time.Time `json:"last_seen"`
	TraceIDs []string  `json:"trace_ids"` // that it believes are on
}

// EventsStatus counts what middlewares have sent since the start.
type EventsStatus struct {
	Received  uint64  `json:"received"`
	Taken     uint64  `json:"taken"`
	PerSecond float64 `json:"per_second"` // taken, over the last minute
	// WithheldNames counts names of fields, parameters, hosts and words of paths that did not
	// leave the machine because they may be data, each time one did not.
	WithheldNames uint64 `json:"withheld_names"`
}

// SpoolStatus describes what waits for the server.
type SpoolStatus struct {
	Witnesses int64     `json:"witnesses"`
	Bundles   int64     `json:"bundles"`
	Bytes     int64     `json:"bytes"` // on disk, with what was sent in the last minutes
	MaxBytes  int64     `json:"max_bytes"`
	Oldest    time.Time `json:"oldest,omitzero"`        // when the oldest waiting witness was taken
	Damaged   uint64    `json:"damaged_parts,omitzero"` // kept in quarantine
}

// Status returns the present status.
func (d *Daemon) Status() Status {
	now := d.settings.Now()
	s := Status{
		Name: d.config.Name, Version: d.settings.Version, Preview: d.config.Preview,
		Started: d.started.UTC(), UptimeSeconds: int64(now.Sub(d.started).Seconds()),
		SameName:        d.sameName.Load(),
		Server:          d.serverStatus(),
		Projects:        []ProjectStatus{},
		VanishedClients: d.registry.Vanished(),
	}
	for _, address := range d.addresses {
		s.Listens = append(s.Listens, address.String())
	}
	for _, service := range d.registry.Services() {
		s.Projects = append(s.Projects, projectStatus(service))
	}
	events, perSecond := d.local.Counts()
	s.Events = EventsStatus{
		Received: events.Received, Taken: events.Taken, PerSecond: perSecond, WithheldNames: d.gate.Withheld(),
	}
	spool := d.spool.Stats()
	s.Spool = SpoolStatus{
		Witnesses: spool.Pending, Bundles: spool.Bundles, Bytes: spool.Bytes, MaxBytes: d.spool.MaxBytes(),
		Oldest: d.spool.Oldest().UTC(), Damaged: spool.Corrupt,
	}
	s.Drops = map[string]uint64{
		"malformed": events.Malformed, "too_large": events.TooLarge,
		"spool_full": spool.Dropped, "refused_by_server": spool.Rejected,
	}
	return s
}

func (d *Daemon) serverStatus() ServerStatus {
	health := d.cloud.Health()
	if d.config.Preview {
		return ServerStatus{State: health.State}
	}
	s := ServerStatus{URL: d.config.Server, State: health.State, LastAnswer: health.LastAnswer.UTC()}
	if health.LastError != "" {
		s.LastError = &ErrorStatus{
			Time: health.LastErrAt.UTC(), Message: health.LastError, Over: health.State == cloud.Reachable,
		}
	}
	return s
}

func projectStatus(service traces.Service) ProjectStatus {
	p := ProjectStatus{
		Name:     service.Name,
		Standing: service.Standing.String(),
		Traces:   []TraceStatus{},
		Clients:  []ClientStatus{},
	}
	for _, t := range service.Active {
		p.Traces = append(p.Traces, TraceStatus{ID: t.ID, Name: t.Name, End: t.End, Witnesses: service.Taken[t.ID]})
	}
	for _, c := range service.Clients {
		ids := c.TraceIDs
		if ids == nil {
			ids = []string{}
		}
		p.Clients = append(p.Clients, ClientStatus{Name: c.Name, LastSeen: c.LastSeen.UTC(), TraceIDs: ids})
	}
	return p
}
