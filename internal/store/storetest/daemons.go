package storetest

import (
	"testing"
	"time"

	"akita/internal/store"
)

func testHeartbeat(t *testing.T, f fixture) {
	ctx := t.Context()
	d := store.Daemon{Name: "heroku.web.1", Version: "1.2.3", LastHeartbeat: now, Clients: []store.Client{
		{Project: "Demo", Name: "gunicorn-7", LastSeen: now.Add(-time.Second)},
		{Project: "другой", Name: "", LastSeen: now},
	}}
	must(t, f.SaveHeartbeat(ctx, d))
	equal(t, ok(f.Daemons(ctx, now))(t), []store.Daemon{d})

	d = store.Daemon{Name: d.Name, Version: "1.2.4", LastHeartbeat: now.Add(time.Minute), Clients: d.Clients[1:]}
	must(t, f.SaveHeartbeat(ctx, d)) // replaces the first
	equal(t, ok(f.Daemons(ctx, now))(t), []store.Daemon{d})

	d.Clients = nil
	must(t, f.SaveHeartbeat(ctx, d))
	equal(t, len(ok(f.Daemons(ctx, now))(t)[0].Clients), 0)
}

func testDaemons(t *testing.T, f fixture) {
	ctx := t.Context()
	equal(t, ok(f.Daemons(ctx, now))(t), []store.Daemon{})
	for name, after := range map[string]time.Duration{"c": 0, "a": time.Minute, "b": -time.Microsecond} {
		must(t, f.SaveHeartbeat(ctx, store.Daemon{Name: name, LastHeartbeat: now.Add(after)}))
	}
	names := func(since time.Time) (names []string) {
		for _, d := range ok(f.Daemons(ctx, since))(t) {
			names = append(names, d.Name)
		}
		return names
	}
	equal(t, names(now.Add(-time.Hour)), []string{"a", "b", "c"})
	equal(t, names(now), []string{"a", "c"})

	must(t, f.DeleteDaemonsBefore(ctx, now))
	equal(t, names(now.Add(-time.Hour)), []string{"a", "c"})
}
