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

// model returns the API model that the path and the query's trace name.
func (a *API) model(r *http.Request) (store.Project, *endpoints.Set, error) {
	p, err := a.project(r)
	if err != nil {
		return store.Project{}, nil, err
	}
	traceID := ""
	if idOrName := r.URL.Query().Get("trace"); idOrName != "" {
		t, err := a.trace(r, p, idOrName)
		if err != nil {
			return store.Project{}, nil, err
		}
		traceID = t.ID
	}
	m, err := a.models.Model(r.Context(), p.ID, traceID)
	return p, m, err
}

var statusFilter = regexp.MustCompile(`^[1-5]([0-9]{2}|xx)$`)

// authFilters are the values of an AuthType of openapi.yaml.
var authFilters = []string{
	"none", string(witness.AuthBasic), string(witness.AuthBearer), string(witness.AuthDigest),
	string(witness.AuthAPIKey), string(witness.AuthCookie), string(witness.AuthOther),
}

// filterOf reads the filters of a model.
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

func (a *API) getModel(w http.ResponseWriter, r *http.Request) error {
	filter, err := filterOf(r.URL.Query())
	if err != nil {
		return err
	}
	_, m, err := a.model(r)
	if err != nil {
		return err
	}
	return ok(w, m.Overview(filter))
}

func (a *API) getEndpoint(w http.ResponseWriter, r *http.Request) error {
	_, m, err := a.model(r)
	if err != nil {
		return err
	}
	endpoint, found := m.Detail(r.PathValue("endpoint"))
	if !found {
		return &problem{code: codeEndpointNotFound, detail: "The model has no endpoint of this id: take the id from the model's list of endpoints."}
	}
	return ok(w, endpoint)
}

// openAPI returns the project and its model as an OpenAPI document.
func (a *API) openAPI(r *http.Request) (store.Project, *openapi.Document, error) {
	filter, err := filterOf(r.URL.Query())
	if err != nil {
		return store.Project{}, nil, err
	}
	p, m, err := a.model(r)
	if err != nil {
		return store.Project{}, nil, err
	}
	return p, openapi.New(m, openapi.Options{Title: p.Name, Filter: filter}), nil
}

func (a *API) getOpenAPIYAML(w http.ResponseWriter, r *http.Request) error {
	p, document, err := a.openAPI(r)
	if err != nil {
		return err
	}
	body, err := document.YAML()
	if err != nil {
		return err
	}
	return download(w, "application/yaml", p.Name+".openapi.yaml", body)
}

func (a *API) getOpenAPIJSON(w http.ResponseWriter, r *http.Request) error {
	p, document, err := a.openAPI(r)
	if err != nil {
		return err
	}
	body, err := json.Marshal(document)
	if err != nil {
		return err
	}
	return download(w, "application/json", p.Name+".openapi.json", body)
}
