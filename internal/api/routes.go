package api

import (
	"net/http"
	"strings"
)

// handler answers a request or returns why it cannot: a *problem that the caller
// is told, or an error of the server's own.
type handler func(w http.ResponseWriter, r *http.Request) error

// access says who may call an operation.
type access int

const (
	anyone   access = iota
	sessions        // somebody who has logged in
	keys            // an API key
	both            // either
)

// route is one operation of openapi.yaml.
type route struct {
	pattern string   // method and path
	access  access   // who may call it
	query   []string // the query parameters that it takes
	handle  handler
}

// routes is the whole REST API; a test holds it and openapi.yaml together.
func (a *API) routes() []route {
	filters := []string{"trace", "method", "auth", "status", "host", "path"}
	return []route{
		{"GET /api/openapi.json", anyone, nil, a.getDocument},

		{"GET /api/v1/setup", anyone, nil, a.getSetup},
		{"POST /api/v1/setup", anyone, nil, a.createFirstUser},
		{"GET /api/v1/session", sessions, nil, a.getSession},
		{"POST /api/v1/session", anyone, nil, a.logIn},
		{"DELETE /api/v1/session", sessions, nil, a.logOut},
		{"POST /api/v1/account/password", sessions, nil, a.changePassword},

		{"GET /api/v1/projects", both, nil, a.listProjects},
		{"POST /api/v1/projects", both, nil, a.createProject},
		{"GET /api/v1/projects/{project}", both, nil, a.getProject},
		{"GET /api/v1/projects/{project}/events", both, nil, a.watchProject},

		{"GET /api/v1/api-keys", both, nil, a.listAPIKeys},
		{"POST /api/v1/api-keys", both, nil, a.createAPIKey},
		{"DELETE /api/v1/api-keys/{apiKey}", both, nil, a.revokeAPIKey},

		{"GET /api/v1/projects/{project}/daemons", both, nil, a.listDaemons},

		{"GET /api/v1/projects/{project}/traces", both, []string{"state", "limit", "cursor"}, a.listTraces},
		{"POST /api/v1/projects/{project}/traces", both, nil, a.startTrace},
		{"GET /api/v1/projects/{project}/traces/{trace}", both, nil, a.getTrace},
		{"POST /api/v1/projects/{project}/traces/{trace}/stop", both, nil, a.stopTrace},

		{"GET /api/v1/projects/{project}/model", both, filters, a.getModel},
		{"GET /api/v1/projects/{project}/model/endpoints/{endpoint}", both, []string{"trace"}, a.getEndpoint},
		{"GET /api/v1/projects/{project}/model/openapi.yaml", both, filters, a.getOpenAPIYAML},
		{"GET /api/v1/projects/{project}/model/openapi.json", both, filters, a.getOpenAPIJSON},

		{"POST /api/v1/agent/heartbeat", keys, nil, a.heartbeat},
		{"POST /api/v1/agent/projects/{project}/traces", keys, nil, a.pollTraces},
		{"PUT /api/v1/agent/projects/{project}/traces/{trace}/bundles/{bundle}", keys, nil, a.putBundle},
	}
}

// mux serves the routes; another method on a route's path is a 405 with Allow, any
// other path under /api/ a 404, both as problems.
func (a *API) mux() *http.ServeMux {
	mux := http.NewServeMux()
	allowed := make(map[string][]string)
	for _, rt := range a.routes() {
		mux.Handle(rt.pattern, a.serve(rt))
		method, path, _ := strings.Cut(rt.pattern, " ")
		if method == http.MethodGet {
			method = "GET, HEAD"
		}
		allowed[path] = append(allowed[path], method)
	}
	for path, methods := range allowed {
		mux.Handle(path, a.serve(route{handle: methodNotAllowed(strings.Join(methods, ", "))}))
	}
	mux.Handle("/api/", a.serve(route{handle: notFound}))
	return mux
}

func methodNotAllowed(allowed string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Allow", allowed)
		return &problem{code: codeMethodNotAllowed, detail: "This path takes " + allowed + " and not " + r.Method + "."}
	}
}

func notFound(http.ResponseWriter, *http.Request) error {
	return &problem{code: codeNotFound, detail: "There is nothing at this path; GET /api/openapi.json describes the API."}
}
