package api

import (
	"io"
	"net/http"
	"time"

	"akita/internal/store"
)

const (
	eventHeartbeat    = 15 * time.Second      // so that proxies do not close an idle stream
	eventPause        = 50 * time.Millisecond // after an event, so that many changes share one
	eventWriteTimeout = 10 * time.Second      // for a client that does not read
)

// eventNames lists the events in the order in which they are sent.
var eventNames = []struct {
	what change
	name string
}{
	{daemonsChanged, "daemons"},
	{tracesChanged | witnessesChanged, "traces"},
	{modelChanged, "model"},
	{declarationChanged, "declaration"},
}

// eventChanges is the set of changes that cause events.
const eventChanges = daemonsChanged | tracesChanged | witnessesChanged | modelChanged | declarationChanged

// watchProject streams the changes of a project until the client disconnects, its
// session or API key ends, or the server stops.
func (h *Handler) watchProject(w http.ResponseWriter, r *http.Request) error {
	p, err := h.project(r)
	if err != nil {
		return err
	}
	watcher, stop := h.changes.watch(p.ID, eventChanges|credentialsChanged)
	defer stop()
	disableTimeouts(w)
	stream := &eventStream{w: w, control: http.NewResponseController(w), now: h.now}
	if err := stream.open(); err != nil || r.Method == http.MethodHead {
		return nil
	}
	// The response has begun, so an error can only end the stream.
	if err := h.stream(r, stream, watcher, p); err != nil && r.Context().Err() == nil {
		h.logger.Info("Event stream ended", "project", p.Name, "error", err)
	}
	return nil
}

func (h *Handler) stream(r *http.Request, stream *eventStream, watcher *watcher, p store.Project) error {
	heartbeat := time.NewTicker(eventHeartbeat)
	defer heartbeat.Stop()
	what := eventChanges
	for {
		if what&credentialsChanged != 0 {
			if err := h.authenticateAgain(r); err != nil {
				return err
			}
		}
		times, err := h.timetable(r.Context(), p) // before the event, so that no time in the pause is missed
		if err != nil {
			return err
		}
		if err := stream.send(what); err != nil {
			return err
		}
		if !h.pause(r, eventPause) {
			return nil
		}
		var open bool
		if what, open = h.nextChange(r, watcher, times, heartbeat.C); !open {
			return nil
		}
	}
}

// nextChange waits for a change. open is false if the client has disconnected or
// the server stops.
func (h *Handler) nextChange(
	r *http.Request, watcher *watcher, times timetable, heartbeat <-chan time.Time,
) (what change, open bool) {
	due, stopTimer := h.timerAt(times.next())
	defer stopTimer()
	select {
	case <-due:
	case <-watcher.wake:
	case <-heartbeat:
		what = credentialsChanged // sessions expire without a notification
	case <-h.closing:
		return 0, false
	case <-r.Context().Done():
		return 0, false
	}
	return what | h.changes.take(watcher) | times.due(h.now()), true
}

// pause waits for d. It returns false if the client disconnects or the server stops
// meanwhile.
func (h *Handler) pause(r *http.Request, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-h.closing:
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
	s.w.Header().Set("X-Accel-Buffering", "no") // otherwise nginx buffers the events
	s.w.WriteHeader(http.StatusOK)
	return s.write("retry: 1000\n\n") // milliseconds until a browser reconnects
}

// send writes the events for the changes, or a comment if there are none.
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
	_ = s.control.SetWriteDeadline(s.now().Add(eventWriteTimeout)) // fails if the writer has no deadlines
	if _, err := io.WriteString(s.w, text); err != nil {
		return err
	}
	if err := s.control.Flush(); err != nil {
		return err
	}
	_ = s.control.SetWriteDeadline(time.Time{}) // with HTTP/2, it would end an idle stream too
	return nil
}
