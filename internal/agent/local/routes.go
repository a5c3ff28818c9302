package local

import (
	"net/http"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/routelist"
)

// Reports keeps what applications report about themselves. *reports.Keeper implements it.
type Reports interface {
	Take(service, source string, content []byte) error
}

// takeRoutes keeps the routes of an application. It answers 202 when they are on disk. Of the body,
// nothing is kept but methods, routes and names of views.
func (s *Server) takeRoutes(w http.ResponseWriter, r *http.Request) {
	s.takeReport(w, r, s.config.Routes, func() (string, []byte, error) {
		list, err := readRoutes(w, r)
		if err != nil {
			return "", nil, err
		}
		content, err := list.Encode()
		return "", content, err
	})
}

// takeReport keeps what read reads of a request, which an application has sent about itself.
func (s *Server) takeReport(
	w http.ResponseWriter, r *http.Request, reports Reports, read func() (source string, content []byte, err error),
) {
	service := r.PathValue("service")
	if !validName(service) {
		fail(w, http.StatusNotFound, "Service not found", "The service's name is empty or not printable.")
		return
	}
	if err := s.admission.large.Acquire(r.Context(), 1); err != nil {
		return // the client has gone
	}
	defer s.admission.large.Release(1)
	source, content, err := read()
	if err != nil {
		failBody(w, err, "")
		return
	}
	if err := reports.Take(service, source, content); err != nil {
		s.config.Logger.Warn("Cannot keep what an application reports", "project", service, "error", err)
		busy(w, "The report cannot be stored", "The disk may be full: it is taken when there is space.")
		return
	}
	reply(w, http.StatusAccepted, struct{}{})
}

func readRoutes(w http.ResponseWriter, r *http.Request) (routelist.List, error) {
	var report routelist.Report
	body := limitedBody(w, r, routelist.MaxBytes)
	err := json.UnmarshalRead(body, &report, jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
	if err != nil {
		return routelist.List{}, err
	}
	body.done()
	return report.List(), nil
}
