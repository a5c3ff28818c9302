package agent

import (
	"context"
	"time"

	"akita/internal/agent/cloud"
	"akita/internal/backoff"
)

// Times between heartbeats.
const (
	heartbeatInterval = 30 * time.Second // if the server does not choose one
	heartbeatMin      = 5 * time.Second  // bounds of what the server may choose
	heartbeatMax      = 50 * time.Second // the server calls a daemon unhealthy after 60 s
	heartbeatDebounce = 50 * time.Millisecond
	heartbeatRetry    = 10 * time.Second // bounds the wait after a failure
)

// beat sends heartbeats at an interval, and at once for a new client.
func (d *Daemon) beat(ctx context.Context) {
	pauses := backoff.Backoff{Base: time.Second, Max: heartbeatRetry}
	due := heartbeatInterval
	for {
		timer := time.NewTimer(due)
		select {
		case <-timer.C:
		case <-d.newClients:
			timer.Stop()
			_ = backoff.Sleep(ctx, heartbeatDebounce) // clients often start together; the end of ctx is handled below
		case <-ctx.Done():
			timer.Stop()
			return
		}
		interval, err := d.cloud.Heartbeat(ctx, d.connectedClients())
		switch {
		case err != nil && cloud.VerdictOn(err) == cloud.Refused:
			due = refusedPause
		case err != nil:
			due = pauses.Next(cloud.RetryAfter(err))
		default:
			pauses.Reset()
			due = heartbeatInterval
			if interval > 0 {
				due = min(max(interval, heartbeatMin), heartbeatMax)
			}
		}
	}
}

func (d *Daemon) connectedClients() []cloud.ConnectedClient {
	known := d.registry.Clients()
	clients := make([]cloud.ConnectedClient, len(known))
	for i, c := range known {
		clients[i] = cloud.ConnectedClient{Project: c.Service, Name: c.Name, LastSeen: c.LastSeen.UTC()}
	}
	return clients
}
