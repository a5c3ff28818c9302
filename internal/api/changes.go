package api

import "sync"

// change is a set of things that can change in a project.
type change uint8

const (
	daemonsChanged   change = 1 << iota
	tracesChanged           // one has started or ended
	witnessesChanged        // of traces: their count
	modelChanged
	credentialsChanged // a session or an API key has ended: who waits must prove again who they are
)

// changes tells those who wait that something has changed. It is safe for
// concurrent use; telling never waits.
type changes struct {
	mu       sync.Mutex
	watchers map[*watcher]struct{}
}

// watcher waits for some changes of one project.
type watcher struct {
	projectID string
	interest  change
	wake      chan struct{} // gets a value when something is pending
	pending   change        // guarded by changes.mu
}

func newChanges() *changes {
	return &changes{watchers: make(map[*watcher]struct{})}
}

// watch starts to collect what interests the caller of the changes of a project,
// until stop is called.
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

// take returns what has changed since it was called last.
func (c *changes) take(w *watcher) change {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-w.wake: // what woke the watcher meanwhile is taken now
	default:
	}
	what := w.pending
	w.pending = 0
	return what
}

// tell says what has changed in a project.
func (c *changes) tell(projectID string, what change) {
	c.each(what, func(w *watcher) bool { return w.projectID == projectID })
}

// tellAll says what has changed in all projects.
func (c *changes) tellAll(what change) {
	c.each(what, func(*watcher) bool { return true })
}

func (c *changes) each(what change, concerned func(*watcher) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for w := range c.watchers {
		if what&w.interest == 0 || !concerned(w) {
			continue
		}
		w.pending |= what & w.interest
		select {
		case w.wake <- struct{}{}:
		default: // it is awake already
		}
	}
}
