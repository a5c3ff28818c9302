package api

import (
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"akita/internal/endpoints"
	"akita/internal/ingest"
	"akita/internal/openapi"
	"akita/internal/store"
	"akita/internal/witness"
)

// scope returns the model that a request is about: that of the project of the path, with the trace and
// the range in the query.
func (h *Handler) scope(r *http.Request) (p store.Project, of ingest.Scope, err error) {
	if p, err = h.project(r); err != nil {
		return p, of, err
	}
	of.ProjectID = p.ID
	if of.From, of.To, err = hours(r.URL.Query(), h.now()); err != nil {
		return p, of, err
	}
	of.TraceID, err = h.traceInQuery(r, p)
	return p, of, err
}

// traceInQuery returns the id of the trace that the query names, "" if it names none.
func (h *Handler) traceInQuery(r *http.Request, p store.Project) (string, error) {
	idOrName := r.URL.Query().Get("trace")
	if idOrName == "" {
		return "", nil
	}
	t, err := h.trace(r, p, idOrName)
	return t.ID, err
}

// How long a page waits for an update of its model. After that it shows the model before the update, and
// an event follows when the update is made.
const (
	listPatience     = 75 * time.Millisecond
	endpointPatience = 20 * time.Millisecond
	// untilUpdated is for what people take away or compute with.
	untilUpdated = math.MaxInt64
)

// modelView responds with a view of the model that a request is about, unless the client has it
// already (RFC 9110, section 13.1.2).
func (h *Handler) modelView(
	w http.ResponseWriter, r *http.Request, patience time.Duration,
	respond func(store.Project, ingest.Scope, *endpoints.Set) error,
) error {
	return h.taggedView(w, r, patience, "", respond)
}

// taggedView is like modelView for a response that is the same only as long as beside is, too.
func (h *Handler) taggedView(
	w http.ResponseWriter, r *http.Request, patience time.Duration, beside string,
	respond func(store.Project, ingest.Scope, *endpoints.Set) error,
) error {
	project, of, err := h.scope(r)
	if err != nil {
		return err
	}
	version, err := h.models.Version(r.Context(), of)
	if err != nil {
		return err
	}
	tagOf := func(version string) string {
		return entityTag(h.version, project.Name, fmt.Sprint(of), version, r.URL.RequestURI(), beside)
	}
	if clientHas(w, r, tagOf(version)) {
		return nil
	}
	set, version, err := h.models.Recent(r.Context(), of, patience)
	if err != nil || clientHas(w, r, tagOf(version)) {
		return err
	}
	setEntityTag(w, tagOf(version))
	return respond(project, of, set)
}

var statusFilter = regexp.MustCompile(`^[1-5]([0-9]{2}|xx)$`)

// authFilters lists the values of the AuthType of openapi.yaml.
var authFilters = []string{
	"none", string(witness.AuthBasic), string(witness.AuthBearer), string(witness.AuthDigest),
	string(witness.AuthAPIKey), string(witness.AuthCookie), string(witness.AuthOther),
}

// filterOf parses the filters in a query.
func filterOf(query url.Values) (endpoints.Filter, error) {
	filter := endpoints.Filter{
		Methods:  slices.Clone(query["method"]),
		Auth:     query["auth"],
		Statuses: query["status"],
		Hosts:    query["host"],
		Path:     query.Get("path"),
		Search:   query.Get("q"),
	}
	for i, method := range filter.Methods {
		filter.Methods[i] = strings.ToUpper(method)
	}
	var f fields
	for _, auth := range filter.Auth {
		if !slices.Contains(authFilters, auth) {
			f.add("auth", "must be one of "+strings.Join(authFilters, ", "))
		}
	}
	for _, status := range filter.Statuses {
		if !statusFilter.MatchString(status) {
			f.add("status", "must be a code such as 200 or a class such as 4xx")
		}
	}
	return filter, f.err()
}

func (h *Handler) getModel(w http.ResponseWriter, r *http.Request) error {
	filter, err := filterOf(r.URL.Query())
	if err != nil {
		return err
	}
	return h.modelView(w, r, listPatience, func(_ store.Project, _ ingest.Scope, m *endpoints.Set) error {
		body, err := m.Overview(filter).JSON()
		if err != nil {
			return fmt.Errorf("encode model: %w", err)
		}
		return write(w, http.StatusOK, "application/json", body)
	})
}

func (h *Handler) getEndpoint(w http.ResponseWriter, r *http.Request) error {
	return h.modelView(w, r, endpointPatience, func(_ store.Project, _ ingest.Scope, m *endpoints.Set) error {
		endpoint, found := m.Detail(r.PathValue("endpoint"))
		if !found {
			return noSuchEndpoint()
		}
		return ok(w, endpoint)
	})
}

func noSuchEndpoint() error {
	return &problem{code: codeEndpointNotFound,
		detail: "The model has no endpoint with this id: take the id from the model's list of endpoints."}
}

func (h *Handler) getOpenAPIYAML(w http.ResponseWriter, r *http.Request) error {
	return h.openAPI(w, r, "yaml", (*openapi.Document).WriteYAML)
}

func (h *Handler) getOpenAPIJSON(w http.ResponseWriter, r *http.Request) error {
	return h.openAPI(w, r, "json", func(d *openapi.Document, out io.Writer) error { return d.WriteJSON(out, "") })
}

// openAPI sends a model as an OpenAPI document in a format.
func (h *Handler) openAPI(
	w http.ResponseWriter, r *http.Request, format string, writeTo func(*openapi.Document, io.Writer) error,
) error {
	filter, err := filterOf(r.URL.Query())
	if err != nil {
		return err
	}
	return h.modelView(w, r, untilUpdated, func(p store.Project, _ ingest.Scope, m *endpoints.Set) error {
		document := openapi.New(m, openapi.Options{Title: p.Name, Filter: filter})
		name := p.Name + ".openapi." + format
		return download(w, "application/"+format, name, func(out io.Writer) error { return writeTo(document, out) })
	})
}
