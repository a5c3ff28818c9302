package local

import (
	"errors"
	"fmt"
	"net/http"

	"akita/internal/agent/traces"
)

// taken is the answer to an events request.
type taken struct {
	Message string       `json:"message,omitzero"`
	Details eventDetails `json:"trace_event_details"`
	// TraceIDs answers trace_ids: the traces for which the events were taken. A daemon that does not
	// know trace_ids does not send it.
	TraceIDs []string `json:"trace_ids,omitzero"`
}

type eventDetails struct {
	Drops int `json:"drops"`
}

// takeEvents makes witnesses of a client's calls. It answers 202 when they are on disk.
func (s *Server) takeEvents(w http.ResponseWriter, r *http.Request) {
	service := r.PathValue("service")
	trace, err := s.config.Registry.Find(service, r.PathValue("trace"))
	switch {
	case errors.Is(err, traces.ErrUnknownService):
		fail(w, http.StatusBadRequest, "Service not found", "No middleware has registered for this service here.")
		return
	case err != nil:
		fail(w, http.StatusNotFound, "Trace not found", "No trace of this name is on.")
		return
	}
	body := limitedBody(w, r, maxEventsBytes)
	if err := body.await(); err != nil {
		failBody(w, err, "")
		return
	}
	defer keep(r.Context())()
	leave, err := s.admission.readers.enter(r.Context(), body)
	if errors.Is(err, errQueueFull) {
		busy(w, "Too many requests wait", "Try again later.")
		return
	}
	if err != nil {
		return // the client has gone
	}
	defer leave()
	in := intake{server: s, service: service, trace: trace}
	sum, client, err := in.take(r.Context(), body)
	s.logDrops(sum)
	if err != nil {
		s.failEvents(w, sum.taken, err)
		return
	}
	body.done()
	if err := s.config.Registry.Register(service, client, nil); err != nil {
		s.config.Logger.Debug("Cannot register a client", "error", err)
	}
	if sum.dropped > 0 {
		reply(w, http.StatusUnprocessableEntity, taken{
			Message: "Not all trace events were processed", Details: eventDetails{sum.dropped}, TraceIDs: sum.traceIDs,
		})
		return
	}
	reply(w, http.StatusAccepted, taken{TraceIDs: sum.traceIDs})
}

// failEvents says why a request was not taken, and how many of its events were.
func (s *Server) failEvents(w http.ResponseWriter, taken int, err error) {
	part := ""
	if taken > 0 {
		part = fmt.Sprintf(" %d of its events were taken.", taken)
	}
	spool, ok := errors.AsType[*spoolError](err)
	if !ok {
		failBody(w, err, part)
		return
	}
	if n, due := s.spoolErrors.Add(1, s.config.Now()); due {
		s.config.Logger.Error(
			"Cannot write to the spool: is the disk full? Middlewares are asked to try again",
			"requests",
			n,
			"error",
			spool,
		)
	}
	if part == "" {
		part = " Nothing of this request was taken."
	}
	busy(w, "The daemon cannot write to its disk", "Free some disk space, or look at the daemon's log."+part)
}

func (s *Server) logDrops(sum result) {
	if n, due := s.badEntries.Add(uint64(sum.dropped), s.config.Now()); due {
		s.config.Logger.Warn("Dropped events that could not be read", "dropped", n, "reason", sum.reason)
	}
}
