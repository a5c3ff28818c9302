package api

import "sync"

// change is a set of kinds of change.
type change uint8

const (
	daemonsChanged   change = 1 << iota
	tracesChanged           // a trace has started or ended
	witnessesChanged        // the number of witnesses of a trace
	modelChanged
	declarationChanged // or why it cannot be fetched
	credentialsChanged // a session or API key has ended: waiting requests must be authenticated again
)

// changes notifies watchers of changes. It is safe for concurrent use; a
// notification never blocks.
type changes struct {
	mu       sync.Mutex
	watchers map[*watcher]struct{}
}

// watcher collects the changes of a project that a waiting request is interested in.
type watcher struct {
	projectID string
	interest  change
	wake      chan struct{} // receives a value when pending is not empty
	pending   change        // guarded by changes.mu
}

func newChanges() *changes {
	return &changes{watchers: make(map[*watcher]struct{})}
}

// watch returns a watcher that collects the given changes of a project until stop
// is called.
func (c *changes) watch(projectID string, interest change) (w *watcher, stop func()) {
	w = &watcher{projectID: projectID, interest: interest, wake: make(chan struct{}, 1)}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watchers[w] = struct{}{}
	return w, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.watchers, w)
	}
}

// take returns the changes since the last call.
func (c *changes) take(w *watcher) change {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-w.wake: // the value stands for changes that are returned now
	default:
	}
	what := w.pending
	w.pending = 0
	return what
}

// notify reports changes of a project to its watchers.
func (c *changes) notify(projectID string, what change) {
	c.each(what, func(w *watcher) bool { return w.projectID == projectID })
}

// notifyAll reports changes of all projects to their watchers.
func (c *changes) notifyAll(what change) {
	c.each(what, func(*watcher) bool { return true })
}

func (c *changes) each(what change, matches func(*watcher) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for w := range c.watchers {
		if what&w.interest == 0 || !matches(w) {
			continue
		}
		w.pending |= what & w.interest
		select {
		case w.wake <- struct{}{}:
		default: // wake holds a value already
		}
	}
}
