package local

import (
	"errors"
	"net/http"

	"akita/internal/agent/spool"
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
	select {
	case s.events <- struct{}{}:
		defer func() { <-s.events }()
	case <-r.Context().Done():
		return
	}
	batch, err := s.readEvents(w, r)
	if err != nil {
		failBody(w, err)
		return
	}
	if err := s.cfg.Registry.Register(service, batch.client); err != nil {
		s.cfg.Logger.Debug("Cannot note a client", "err", err)
	}
	err = s.cfg.Spool.Append(r.Context(), spool.Batch{
		ProjectID: trace.ProjectID,
		TraceID:   trace.ID,
		Lines:     batch.lines,
		Count:     batch.count,
		Client:    batch.client,
		ID:        batch.id,
	})
	switch {
	case err != nil:
		s.spoolFailed(w, err)
	case batch.drops > 0:
		reply(w, http.StatusUnprocessableEntity, taken{"Not all trace events were processed", eventDetails{batch.drops}})
	default:
		reply(w, http.StatusAccepted, taken{})
	}
}

func (s *Server) spoolFailed(w http.ResponseWriter, err error) {
	if n, due := s.spoolErrors.Add(1, s.cfg.Now()); due {
		s.cfg.Logger.Error("Cannot write to the spool: is the disk full? Middlewares are asked to come again", "requests", n, "err", err)
	}
	busy(w, "The daemon cannot write to its disk", "Nothing of this request was taken. Make room on the disk, or see the daemon's log.")
}

// readEvents decodes a batch entry by entry.
func (s *Server) readEvents(w http.ResponseWriter, r *http.Request) (batch, error) {
	body, done := limitedBody(w, r, maxEventsBytes)
	b := batch{options: s.cfg.Witness}
	if err := b.decode(body); err != nil {
		return batch{}, err
	}
	done()
	b.client = clientName(b.client)
	if !validName(b.client) {
		return batch{}, errBadClientName
	}
	if n, due := s.badEntries.Add(uint64(b.drops), s.cfg.Now()); due {
		s.cfg.Logger.Warn("Some events could not be understood and were dropped", "dropped", n, "reason", b.reason)
	}
	return b, nil
}
