package client

import (
	"context"
	"time"
)

// The states of a daemon.
const (
	DaemonHealthy   = "healthy"
	DaemonUnhealthy = "unhealthy" // its last heartbeat is more than 60 seconds old
)

// Daemon is an `akita daemon` that the server heard from in the last hour.
type Daemon struct {
	Name          string             `json:"name"`
	State         string             `json:"state"`
	Version       string             `json:"version"`
	LastHeartbeat time.Time          `json:"last_heartbeat"`
	Instances     int                `json:"instances"` // running daemons of this name
	Clients       []MiddlewareClient `json:"clients"`   // of the project that was asked for
}

// MiddlewareClient is one process of an application that runs the middleware.
type MiddlewareClient struct {
	Name     string    `json:"name"` // AKITA_MIDDLEWARE_NAME
	LastSeen time.Time `json:"last_seen"`
}

// Daemons lists all daemons, each with the project's middleware clients.
func (c *Client) Daemons(ctx context.Context, project string) ([]Daemon, error) {
	return all[Daemon](ctx, c, path("projects", project, "daemons"))
}
