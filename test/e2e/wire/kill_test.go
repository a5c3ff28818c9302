package wire_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"akita/client"
	"akita/test/rig"
)

// TestKill kills server and daemon (SIGKILL), in turn and together, while middlewares send. The
// model must hold each acknowledged call exactly once.
//
// Each call has its own route, so that the model shows how often it was counted. Half of the
// middlewares are ours: they give each batch an id and send it again until it is acknowledged.
// The others are old: they send a call once, and without an acknowledgement the model may hold
// it or not.
func TestKill(t *testing.T) {
	t.Parallel()
	p := start(t)
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	register := newMiddleware(t, p.DaemonURL(), "sender")
	if _, err := register.register(contextFor(t, 5*time.Second)); err != nil && ctx.Err() != nil {
		t.Fatal(err)
	}
	trace, err := p.api.StartTrace(ctx, project, time.Hour)
	check(t, err)
	check(t, register.activated(ctx, trace))

	var acknowledged ledger
	sending, stopSending := context.WithCancel(ctx)
	defer stopSending()
	var senders sync.WaitGroup
	for worker := range 4 {
		m := newMiddleware(t, p.DaemonURL(), "sender")
		senders.Go(func() {
			send := m.send
			if worker%2 == 0 {
				send = m.sendUntilAcknowledged
			}
			for n := 0; sending.Err() == nil; n++ {
				route := fmt.Sprintf("worker%d/call%d/", worker, n)
				if send(sending, trace, routed(route)) == nil {
					acknowledged.add("/" + route)
				} else if m.waitForDaemon(sending) != nil {
					return
				}
			}
		})
	}

	for round, kill := range []struct{ server, daemon bool }{
		{server: true}, {daemon: true}, {server: true, daemon: true}, {daemon: true}, {server: true, daemon: true},
	} {
		// Each round kills while calls are in flight: after 25 more acknowledged calls.
		check(t, acknowledged.waitFor(ctx, acknowledged.count()+25))
		t.Logf("round %d: killing server %t, daemon %t", round, kill.server, kill.daemon)
		if kill.server {
			check(t, p.server.Kill())
		}
		if kill.daemon {
			check(t, p.daemon.Kill())
			p.startDaemon()
		}
		if kill.server {
			p.startServer()
		}
	}
	check(t, acknowledged.waitFor(ctx, acknowledged.count()+25))
	stopSending()
	senders.Wait()

	sent := acknowledged.paths()
	check(t, rig.Until(ctx, func() (bool, error) {
		counts, err := p.countByPath(ctx)
		if err != nil {
			return false, err
		}
		for _, path := range sent {
			if counts[path] == 0 {
				return false, nil
			}
		}
		return true, nil
	}))
	counts, err := p.countByPath(ctx)
	check(t, err)
	for path, count := range counts {
		if count != 1 {
			t.Errorf("%s was counted %d times", path, count)
		}
	}
	t.Logf("%d calls acknowledged, %d in the model", len(sent), len(counts))
}

// routed returns a call with the framework's route.
func routed(route string) map[string]any {
	entry := call{method: "GET", path: "/" + route, status: 200, answer: `{"ok": true}`}.entry()
	entry["_akita"] = map[string]any{"route": route}
	return entry
}

func (p *pair) countByPath(ctx context.Context) (map[string]int, error) {
	model, err := p.api.Model(ctx, project, client.Filter{})
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int)
	for _, endpoint := range model.Endpoints {
		counts[endpoint.Path] += endpoint.Requests
	}
	return counts, nil
}

// ledger holds the paths of acknowledged calls.
type ledger struct {
	mu  sync.Mutex
	all []string
}

func (l *ledger) add(path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, path)
}

func (l *ledger) paths() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.all...)
}

func (l *ledger) count() int { return len(l.paths()) }

// waitFor waits until n calls are acknowledged.
func (l *ledger) waitFor(ctx context.Context, count int) error {
	return rig.Until(ctx, func() (bool, error) { return l.count() >= count, nil })
}
