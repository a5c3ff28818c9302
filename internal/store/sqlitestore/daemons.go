package sqlitestore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"akita/internal/store"
)

// client is the JSON form of a store.Client in the column daemons.clients.
type client struct {
	Project  string `json:"project"`
	Name     string `json:"name"`
	LastSeen int64  `json:"last_seen"` // microseconds since 1970
}

func scanDaemon(r row) (d store.Daemon, err error) {
	var column []byte
	if err := r.Scan(&d.Name, &d.Version, micros{&d.LastHeartbeat}, &column); err != nil {
		return d, err
	}
	var clients []client
	if err := json.Unmarshal(column, &clients); err != nil {
		return d, fmt.Errorf("clients of daemon %q: %w", d.Name, err)
	}
	for _, c := range clients {
		d.Clients = append(d.Clients, store.Client{
			Project: c.Project, Name: c.Name, LastSeen: time.UnixMicro(c.LastSeen).UTC(),
		})
	}
	return d, nil
}

// SaveHeartbeat implements store.Store.
func (s *Store) SaveHeartbeat(ctx context.Context, d store.Daemon) error {
	clients := make([]client, len(d.Clients))
	for i, c := range d.Clients {
		clients[i] = client{Project: c.Project, Name: c.Name, LastSeen: c.LastSeen.UnixMicro()}
	}
	column, err := json.Marshal(clients)
	if err != nil {
		return fmt.Errorf("save heartbeat: %w", err)
	}
	return s.exec(ctx, "save heartbeat", `
		INSERT INTO daemons (name, version, last_heartbeat_at, clients) VALUES (?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET
			version = excluded.version, last_heartbeat_at = excluded.last_heartbeat_at, clients = excluded.clients`,
		d.Name, d.Version, d.LastHeartbeat.UnixMicro(), string(column))
}

// Daemons implements store.Store.
func (s *Store) Daemons(ctx context.Context, since time.Time) ([]store.Daemon, error) {
	return list(ctx, s, "list daemons", scanDaemon, `
		SELECT name, version, last_heartbeat_at, clients FROM daemons WHERE last_heartbeat_at >= ? ORDER BY name`,
		since.UnixMicro())
}

// DeleteDaemonsBefore implements store.Store.
func (s *Store) DeleteDaemonsBefore(ctx context.Context, t time.Time) error {
	return s.exec(ctx, "delete daemons", "DELETE FROM daemons WHERE last_heartbeat_at < ?", t.UnixMicro())
}
