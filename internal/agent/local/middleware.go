package local

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/agent/traces"
	"akita/internal/id"
)

// ask is the body of a middleware request, which registers a client and waits for a change.
type ask struct {
	ClientName     string   `json:"client_name"`
	ActiveTraceIDs []string `json:"active_trace_ids"` // lrn_…; those that the client believes are on
}

// believed returns the traces that the client believes are on. It is never nil.
func (a ask) believed() []string { return append([]string{}, a.ActiveTraceIDs...) }

// change is the response: how the active traces differ from those that the client knows.
type change struct {
	Activated   []activated `json:"activated_traces"`
	Deactivated []string    `json:"deactivated_traces"`
}

type activated struct {
	TraceName                string  `json:"trace_name"`
	TraceID                  string  `json:"trace_id"`
	ServiceID                string  `json:"service_id"`
	SamplingRate             float64 `json:"sampling_rate"`
	FilterThirdPartyTrackers bool    `json:"filter_third_party_trackers"`
}

func (s *Server) middleware(w http.ResponseWriter, r *http.Request) {
	service := r.PathValue("service")
	if !validName(service) {
		fail(w, http.StatusNotFound, "Service not found", "The service's name is empty or not printable.")
		return
	}
	request, err := readAsk(w, r)
	if err != nil {
		failBody(w, err, "")
		return
	}
	if err := s.config.Registry.Register(service, clientName(request.ClientName), request.believed()); err != nil {
		busy(w, "Too many projects", "This daemon serves as many projects as it can: start another one for the others.")
		return
	}
	end, leave, ok := s.admission.holds.enter(time.Now())
	if !ok {
		busy(w, "Too many requests wait", "Use fewer clients, or try again later.")
		return
	}
	defer leave()
	defer keep(r.Context())()
	s.answerChange(w, r, service, request, end)
}

// answerChange waits for a change and answers it.
func (s *Server) answerChange(
	w http.ResponseWriter, r *http.Request, service string, request ask, end <-chan struct{},
) {
	view, answer := s.await(r.Context(), service, request, end)
	// The client was connected until now.
	if err := s.config.Registry.Register(service, clientName(request.ClientName), request.believed()); err != nil {
		s.config.Logger.Debug("Cannot register a client", "error", err)
	}
	if view.Standing == traces.Missing {
		fail(
			w,
			http.StatusNotFound,
			"Service not found",
			"The server has no project of this name: create it in the console or correct AKITA_SERVICE_NAME.",
		)
		return
	}
	reply(w, http.StatusAccepted, answer)
}

// await returns when what the client believes differs from what is on, when the
// server has no such project, after hold, or when end is closed.
func (s *Server) await(ctx context.Context, service string, request ask, end <-chan struct{}) (traces.View, change) {
	timeout := time.NewTimer(hold)
	defer timeout.Stop()
	for {
		view, err := s.config.Registry.View(service)
		if err != nil { // the service was forgotten meanwhile
			return view, difference(nil, nil)
		}
		answer := difference(request.ActiveTraceIDs, view.Active)
		switch {
		case view.Standing == traces.Unasked:
			answer = difference(nil, nil) // the active traces are not known yet
		case view.Standing == traces.Missing, len(answer.Activated)+len(answer.Deactivated) > 0:
			return view, answer
		}
		select {
		case <-view.Changed:
		case <-timeout.C:
			return view, answer
		case <-end:
			return view, answer
		case <-ctx.Done():
			return view, answer
		case <-s.ending.Done():
			return view, answer
		}
	}
}

// difference returns what a client must change that believes the traces of the given
// ids are on.
func difference(believed []string, active []traces.Trace) change {
	c := change{Activated: []activated{}, Deactivated: []string{}}
	off := make(map[string]bool, len(believed))
	for _, id := range believed {
		off[id] = true
	}
	for _, t := range active {
		if off[t.ID] {
			delete(off, t.ID)
			continue
		}
		c.Activated = append(c.Activated, activated{
			TraceName: t.Name, TraceID: t.ID, ServiceID: t.ProjectID, SamplingRate: t.SamplingRate,
		})
	}
	for _, id := range believed {
		if off[id] {
			delete(off, id)
			c.Deactivated = append(c.Deactivated, id)
		}
	}
	return c
}

var errMalformedTraceID = errors.New("active_trace_ids: a trace's id must be lrn_ and 22 letters or digits")

func readAsk(w http.ResponseWriter, r *http.Request) (ask, error) {
	var request ask
	body := limitedBody(w, r, maxAskBytes)
	err := json.UnmarshalRead(body, &request,
		jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
	if err != nil {
		return ask{}, err
	}
	body.done()
	for _, text := range request.ActiveTraceIDs {
		if !id.Is(id.Trace, text) {
			return ask{}, errMalformedTraceID
		}
	}
	if !validName(clientName(request.ClientName)) {
		return ask{}, errBadClientName
	}
	return request, nil
}
