package api

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"akita/internal/endpoints"
	"akita/internal/openapi"
	"akita/internal/store"
	"akita/internal/witness"
)

// model returns the project of the path and its endpoints, or those of the trace
// in the query.
func (h *Handler) model(r *http.Request) (store.Project, *endpoints.Set, error) {
	p, err := h.project(r)
	if err != nil {
		return store.Project{}, nil, err
	}
	traceID := ""
	if idOrName := r.URL.Query().Get("trace"); idOrName != "" {
		t, err := h.trace(r, p, idOrName)
		if err != nil {
			return store.Project{}, nil, err
		}
		traceID = t.ID
	}
	m, err := h.models.Endpoints(r.Context(), p.ID, traceID)
	return p, m, err
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
	_, m, err := h.model(r)
	if err != nil {
		return err
	}
	return ok(w, m.Overview(filter))
}

func (h *Handler) getEndpoint(w http.ResponseWriter, r *http.Request) error {
	_, m, err := h.model(r)
	if err != nil {
		return err
	}
	endpoint, found := m.Detail(r.PathValue("endpoint"))
	if !found {
		return &problem{code: codeEndpointNotFound,
			detail: "The model has no endpoint with this id: take the id from the model's list of endpoints."}
	}
	return ok(w, endpoint)
}

// openAPI returns the project and its model as an OpenAPI document.
func (h *Handler) openAPI(r *http.Request) (store.Project, *openapi.Document, error) {
	filter, err := filterOf(r.URL.Query())
	if err != nil {
		return store.Project{}, nil, err
	}
	p, m, err := h.model(r)
	if err != nil {
		return store.Project{}, nil, err
	}
	return p, openapi.New(m, openapi.Options{Title: p.Name, Filter: filter}), nil
}

func (h *Handler) getOpenAPIYAML(w http.ResponseWriter, r *http.Request) error {
	p, document, err := h.openAPI(r)
	if err != nil {
		return err
	}
	body, err := document.YAML()
	if err != nil {
		return err
	}
	return download(w, "application/yaml", p.Name+".openapi.yaml", body)
}

func (h *Handler) getOpenAPIJSON(w http.ResponseWriter, r *http.Request) error {
	p, document, err := h.openAPI(r)
	if err != nil {
		return err
	}
	body, err := json.Marshal(document)
	if err != nil {
		return err
	}
	return download(w, "application/json", p.Name+".openapi.json", body)
}
