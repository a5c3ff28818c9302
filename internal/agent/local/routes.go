package local

import (
	"net/http"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"akita/internal/routelist"
)

// Routes keeps the routes that applications report. *routes.Keeper implements it.
type Routes interface {
	Take(service string, list routelist.List) error
}

// takeRoutes keeps the routes of an application. It answers 202 when they are on disk. Of the body,
// nothing is kept but methods, routes and names of views.
func (s *Server) takeRoutes(w http.ResponseWriter, r *http.Request) {
	service := r.PathValue("service")
	if !validName(service) {
		fail(w, http.StatusNotFound, "Service not found", "The service's name is empty or not printable.")
		return
	}
	if err := s.admission.large.Acquire(r.Context(), 1); err != nil {
		return // the client has gone
	}
	defer s.admission.large.Release(1)
	list, err := readRoutes(w, r)
	if err != nil {
		failBody(w, err, "")
		return
	}
	if err := s.config.Routes.Take(service, list); err != nil {
		s.config.Logger.Warn("Cannot keep the routes of an application", "project", service, "error", err)
		busy(w, "The routes cannot be stored", "The disk may be full: they are taken when there is space.")
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
