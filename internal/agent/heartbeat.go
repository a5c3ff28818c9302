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
		answer, err := d.cloud.Heartbeat(ctx, d.connectedClients())
		switch {
		case err != nil && cloud.VerdictOn(err) == cloud.Refused:
			due = refusedPause
		case err != nil:
			due = pauses.Next(cloud.RetryAfter(err))
		default:
			pauses.Reset()
			d.noteSameName(answer.SameName)
			due = heartbeatInterval
			if interval := time.Duration(answer.IntervalSeconds) * time.Second; interval > 0 {
				due = min(max(interval, heartbeatMin), heartbeatMax)
			}
		}
	}
}

// noteSameName logs when others with this daemon's name begin or cease to send heartbeats.
func (d *Daemon) noteSameName(others int) {
	switch before := d.sameName.Swap(int64(others)); {
	case before == 0 && others > 0:
		d.settings.Logger.Warn("Another daemon with this name sends to the server, and the console shows them as one: "+
			"give each its own --name (AKITA_DAEMON_NAME)", "name", d.config.Name, "others", others)
	case before > 0 && others == 0:
		d.settings.Logger.Info("No other daemon has this name any more", "name", d.config.Name)
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
