package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"akita/internal/store"
)

// Times after the last heartbeat of a daemon.
const (
	heartbeatInterval = 30 * time.Second
	unhealthyAfter    = 60 * time.Second
	goneAfter         = time.Hour
)

// daemonState is the DaemonState of openapi.yaml.
type daemonState string

const (
	healthy   daemonState = "healthy"
	unhealthy daemonState = "unhealthy"
)

type daemonJSON struct {
	Name          string       `json:"name"`
	State         daemonState  `json:"state"`
	Version       string       `json:"version,omitempty"`
	LastHeartbeat time.Time    `json:"last_heartbeat"`
	Instances     int          `json:"instances"`
	Clients       []clientJSON `json:"clients"`
}

type clientJSON struct {
	Name     string    `json:"name"`
	LastSeen time.Time `json:"last_seen"`
}

// daemons returns the daemons with a heartbeat within the last hour.
func (h *Handler) daemons(ctx context.Context) ([]store.Daemon, error) {
	daemons, err := h.store.Daemons(ctx, h.now().Add(-goneAfter))
	if err != nil {
		return nil, fmt.Errorf("list daemons: %w", err)
	}
	return daemons, nil
}

func stateOf(d store.Daemon, now time.Time) daemonState {
	if now.Sub(d.LastHeartbeat) <= unhealthyAfter {
		return healthy
	}
	return unhealthy
}

// clientsOf returns the clients of a daemon that belong to the project.
func clientsOf(d store.Daemon, p store.Project) []clientJSON {
	out := make([]clientJSON, 0, len(d.Clients))
	for _, c := range d.Clients {
		if isOf(c, p) {
			out = append(out, clientJSON{c.Name, c.LastSeen.UTC()})
		}
	}
	return out
}

// isOf reports whether a client belongs to a project.
func isOf(c store.Client, p store.Project) bool {
	return strings.EqualFold(c.Project, p.Name) || c.Project == p.ID
}

// listDaemons lists all daemons, because they belong to no project. For a key of chosen projects, it lists
// those that have clients of the project.
func (h *Handler) listDaemons(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	daemons, err := h.daemons(r.Context())
	if err != nil {
		return err
	}
	now := h.now()
	out := list[daemonJSON]{Items: make([]daemonJSON, 0, len(daemons))}
	for _, d := range daemons {
		clients := clientsOf(d, p)
		if len(clients) == 0 && !callerOf(r).reachesAll() {
			continue
		}
		out.Items = append(out.Items, daemonJSON{
			d.Name, stateOf(d, now), d.Version, d.LastHeartbeat.UTC(), h.instances.count(d.Name), clients,
		})
	}
	return ok(w, out)
}

const (
	maxDaemonNameSize  = 200 // characters
	maxVersionSize     = 100 // characters
	maxClientNameSize  = 200 // characters
	maxClientsOfDaemon = 5000
)

func (h *Handler) heartbeat(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Name    string `json:"name"`
		Version string `json:"version"`
		Clients []struct {
			Project  string    `json:"project"`
			Name     string    `json:"name"`
			LastSeen time.Time `json:"last_seen"`
		} `json:"clients"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	var f fields
	f.name("name", in.Name, maxDaemonNameSize)
	f.name("version", in.Version, maxVersionSize)
	if in.Clients == nil {
		f.add("clients", "is missing; send [] if there are none")
	}
	if len(in.Clients) > maxClientsOfDaemon {
		f.add("clients", fmt.Sprintf("must have at most %d items", maxClientsOfDaemon))
	}
	clients := make([]store.Client, len(in.Clients))
	for i, c := range in.Clients {
		// Long names are truncated: to refuse them would hide the daemon and its other clients.
		clients[i] = store.Client{
			Project:  clip(c.Project, maxClientNameSize),
			Name:     clip(c.Name, maxClientNameSize),
			LastSeen: c.LastSeen.UTC(),
		}
	}
	if err := f.err(); err != nil {
		return err
	}
	clients, err := h.reachable(r, clients)
	if err != nil {
		return err
	}
	others, clients := h.instances.seen(in.Name, clip(r.Header.Get(instanceHeader), maxInstanceSize), clients)
	d := store.Daemon{Name: in.Name, Version: in.Version, LastHeartbeat: h.timestamp(), Clients: clients}
	if err := h.store.SaveHeartbeat(r.Context(), d); err != nil {
		return err
	}
	h.changes.notifyAll(daemonsChanged) // a daemon is listed in every project
	return ok(w, struct {
		IntervalSeconds int `json:"interval_seconds"`
		SameName        int `json:"same_name"`
	}{int(heartbeatInterval.Seconds()), others})
}

// reachable returns the clients of projects that the caller may see.
func (h *Handler) reachable(r *http.Request, clients []store.Client) ([]store.Client, error) {
	if callerOf(r).reachesAll() {
		return clients, nil
	}
	projects, err := h.projectsOf(r.Context(), callerOf(r))
	return slices.DeleteFunc(clients, func(c store.Client) bool {
		return !slices.ContainsFunc(projects, func(p store.Project) bool { return isOf(c, p) })
	}), err
}
