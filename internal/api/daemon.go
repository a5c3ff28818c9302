package api

import (
	"context"
	"fmt"
	"net/http"
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
		if strings.EqualFold(c.Project, p.Name) || c.Project == p.ID {
			out = append(out, clientJSON{c.Name, c.LastSeen.UTC()})
		}
	}
	return out
}

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
	out := list[daemonJSON]{Items: make([]daemonJSON, len(daemons))}
	for i, d := range daemons {
		out.Items[i] = daemonJSON{
			d.Name, stateOf(d, now), d.Version, d.LastHeartbeat.UTC(), h.instances.count(d.Name), clientsOf(d, p),
		}
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
