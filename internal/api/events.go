package api

import (
	"io"
	"net/http"
	"time"

	"akita/internal/store"
)

const (
	eventHeartbeat    = 15 * time.Second      // keeps proxies from closing a silent stream
	eventPause        = 50 * time.Millisecond // after an event, so that many changes make few
	eventWriteTimeout = 10 * time.Second      // for a reader that does not read
)

// eventNames are the events in the order in which they are sent.
var eventNames = []struct {
	what change
	name string
}{
	{daemonsChanged, "daemons"},
	{tracesChanged | witnessesChanged, "traces"},
	{modelChanged, "model"},
}

// inEvents is everything that there is an event for.
const inEvents = daemonsChanged | tracesChanged | witnessesChanged | modelChanged

// watchProject streams what changes in a project, until the caller goes, their
// session or key ends, or the server stops.
func (a *API) watchProject(w http.ResponseWriter, r *http.Request) error {
	p, err := a.project(r)
	if err != nil {
		return err
	}
	watcher, stop := a.changes.watch(p.ID, inEvents|credentialsChanged)
	defer stop()
	keepOpen(w)
	stream := &eventStream{w: w, control: http.NewResponseController(w), now: a.now}
	if err := stream.open(); err != nil || r.Method == http.MethodHead {
		return nil
	}
	// The answer has begun: from here on an error can only end the stream.
	if err := a.stream(r, stream, watcher, p); err != nil && r.Context().Err() == nil {
		a.logger.Info("Event stream ended", "project", p.Name, "reason", err)
	}
	return nil
}

func (a *API) stream(r *http.Request, stream *eventStream, watcher *watcher, p store.Project) error {
	heartbeat := time.NewTicker(eventHeartbeat)
	defer heartbeat.Stop()
	what := inEvents
	for {
		if what&credentialsChanged != 0 {
			if _, err := a.authenticate(r, both); err != nil {
				return err
			}
		}
		times, err := a.timetable(r.Context(), p) // before the event: what comes due during the pause is not missed
		if err != nil {
			return err
		}
		if err := stream.send(what); err != nil {
			return err
		}
		if !a.pause(r, eventPause) {
			return nil
		}
		var open bool
		if what, open = a.nextChange(r, watcher, times, heartbeat.C); !open {
			return nil
		}
	}
}

// nextChange waits for something to change and returns what; open is false when
// the caller has gone or the server stops. With the heartbeat, credentials may
// have changed by time.
func (a *API) nextChange(r *http.Request, watcher *watcher, times timetable, heartbeat <-chan time.Time) (what change, open bool) {
	due, release := a.until(times.next())
	defer release()
	select {
	case <-due:
	case <-watcher.wake:
	case <-heartbeat:
		what = credentialsChanged
	case <-a.closing:
		return 0, false
	case <-r.Context().Done():
		return 0, false
	}
	return what | a.changes.take(watcher) | times.due(a.now()), true
}

// pause waits; it returns false where the caller goes or the server stops meanwhile.
func (a *API) pause(r *http.Request, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-a.closing:
		return false
	case <-r.Context().Done():
		return false
	}
}

// eventStream writes server-sent events.
type eventStream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	now     func() time.Time
}

func (s *eventStream) open() error {
	s.w.Header().Set("Content-Type", "text/event-stream")
	s.w.Header().Set("X-Accel-Buffering", "no") // nginx would hold events back
	s.w.WriteHeader(http.StatusOK)
	return s.write("retry: 1000\n\n") // milliseconds until a browser connects again
}

// send writes an event for each thing that has changed, or a comment where none has.
func (s *eventStream) send(what change) error {
	text := ""
	for _, event := range eventNames {
		if what&event.what != 0 {
			text += "event: " + event.name + "\ndata: {}\n\n"
		}
	}
	if text == "" {
		text = ": still here\n\n"
	}
	return s.write(text)
}

func (s *eventStream) write(text string) error {
	_ = s.control.SetWriteDeadline(s.now().Add(eventWriteTimeout)) // without effect where the writer has none
	if _, err := io.WriteString(s.w, text); err != nil {
		return err
	}
	if err := s.control.Flush(); err != nil {
		return err
	}
	_ = s.control.SetWriteDeadline(time.Time{}) // over HTTP/2 it ends a stream also while nothing is written
	return nil
}
