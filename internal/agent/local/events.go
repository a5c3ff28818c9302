package local

import (
	"errors"
	"fmt"
	"net/http"

	"akita/internal/agent/traces"
)

// taken is the answer to events.
type taken struct {
	Message string       `json:"message,omitzero"`
	Details eventDetails `json:"trace_event_details"`
}

type eventDetails struct {
	Drops int `json:"drops"`
}

// takeEvents makes witnesses of a client's calls. Its 202 says that they are on
// disk.
func (s *Server) takeEvents(w http.ResponseWriter, r *http.Request) {
	service := r.PathValue("service")
	trace, err := s.cfg.Registry.Find(service, r.PathValue("trace"))
	switch {
	case errors.Is(err, traces.ErrUnknownService):
		fail(w, http.StatusBadRequest, "Service not found", "No middleware has registered for this service here.")
		return
	case err != nil:
		fail(w, http.StatusNotFound, "Trace not found", "No trace of this name is on.")
		return
	}
	if s.enter(r.Context(), s.events) != nil {
		return // the client has gone
	}
	defer func() { <-s.events }()
	in := intake{server: s, ctx: r.Context(), service: service, trace: trace}
	body, done := limitedBody(w, r, maxEventsBytes)
	err = in.take(body)
	s.noteDrops(in.drops, in.reason)
	if err != nil {
		s.failEvents(w, &in, err)
		return
	}
	done()
	if err := s.cfg.Registry.Register(service, clientName(in.batch.client), nil); err != nil {
		s.cfg.Logger.Debug("Cannot note a client", "err", err)
	}
	if in.drops > 0 {
		reply(w, http.StatusUnprocessableEntity, taken{"Not all trace events were processed", eventDetails{in.drops}})
		return
	}
	reply(w, http.StatusAccepted, taken{})
}

// failEvents says why a request was not taken, or not wholly.
func (s *Server) failEvents(w http.ResponseWriter, in *intake, err error) {
	part := ""
	if in.taken > 0 {
		part = fmt.Sprintf(" %d of its events were taken.", in.taken)
	}
	var spool *spoolError
	if !errors.As(err, &spool) {
		failBody(w, err, part)
		return
	}
	if n, due := s.spoolErrors.Add(1, s.cfg.Now()); due {
		s.cfg.Logger.Error("Cannot write to the spool: is the disk full? Middlewares are asked to come again", "requests", n, "err", err)
	}
	if part == "" {
		part = " Nothing of this request was taken."
	}
	busy(w, "The daemon cannot write to its disk", "Make room on the disk, or see the daemon's log."+part)
}

func (s *Server) noteDrops(drops int, reason error) {
	if n, due := s.badEntries.Add(uint64(drops), s.cfg.Now()); due {
		s.cfg.Logger.Warn("Some events could not be understood and were dropped", "dropped", n, "reason", reason)
	}
}
