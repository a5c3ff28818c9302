package api

import (
	"slices"
	"strings"
	"sync"
	"time"

	"akita/internal/store"
)

// instanceHeader is the header of a heartbeat that identifies the daemon's process.
const instanceHeader = "Akita-Instance"

// maxInstanceSize is the number of characters of instanceHeader that are stored.
const maxInstanceSize = 100

// instances distinguishes running daemons of one name. It is kept in memory: after a restart
// of the server, the next heartbeats fill it again.
type instances struct {
	now func() time.Time

	mu     sync.Mutex
	byName map[string]map[string]instance // by the daemon's name and the id of the process
}

// instance is one process of a daemon.
type instance struct {
	first, last time.Time // heartbeats
	clients     []store.Client
}

func newInstances(now func() time.Time) *instances {
	return &instances{now: now, byName: make(map[string]map[string]instance)}
}

// seen stores a heartbeat. It returns how many other daemons of the name are running, and
// the clients of all of them.
func (in *instances) seen(name, id string, clients []store.Client) (others int, all []store.Client) {
	now := in.now()
	in.mu.Lock()
	defer in.mu.Unlock()
	one, known := in.byName[name][id]
	if !known || now.Sub(one.last) > unhealthyAfter {
		one.first = now
	}
	one.last, one.clients = now, clients
	if in.byName[name] == nil {
		in.byName[name] = make(map[string]instance)
	}
	in.byName[name][id] = one
	in.forget(now)
	running := running(in.byName[name])
	for _, i := range running {
		all = append(all, i.clients...)
	}
	return len(running) - 1, newestOfEach(all)
}

// count returns how many daemons of a name are running.
func (in *instances) count(name string) int {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.forget(in.now())
	return len(running(in.byName[name]))
}

// forget removes the instances without a recent heartbeat. The caller holds mu.
func (in *instances) forget(now time.Time) {
	for name, ids := range in.byName {
		for id, i := range ids {
			if now.Sub(i.last) > unhealthyAfter {
				delete(ids, id)
			}
		}
		if len(ids) == 0 {
			delete(in.byName, name)
		}
	}
}

// running returns the instances that run at the same time. One whose last heartbeat is older
// than the first of another was replaced by it: the daemon was restarted.
func running(ids map[string]instance) []instance {
	var newest time.Time // the latest start
	for _, i := range ids {
		if i.first.After(newest) {
			newest = i.first
		}
	}
	var out []instance
	for _, i := range ids {
		if !i.last.Before(newest) {
			out = append(out, i)
		}
	}
	return out
}

// newestOfEach returns one client for each project and name, ordered by both, at most
// maxClientsOfDaemon.
func newestOfEach(clients []store.Client) []store.Client {
	slices.SortFunc(clients, func(a, b store.Client) int {
		if c := strings.Compare(a.Project, b.Project); c != 0 {
			return c
		}
		if c := strings.Compare(a.Name, b.Name); c != 0 {
			return c
		}
		return b.LastSeen.Compare(a.LastSeen)
	})
	clients = slices.CompactFunc(clients, func(a, b store.Client) bool {
		return a.Project == b.Project && a.Name == b.Name
	})
	return clients[:min(len(clients), maxClientsOfDaemon)]
}
