package api

import (
	"net/http"
	"slices"
	"strings"
)

// handlerFunc responds to a request or returns an error: a *problem for the client,
// or an internal error.
type handlerFunc func(w http.ResponseWriter, r *http.Request) error

// access is the authentication that an operation requires.
type access int

const (
	anyone access = iota
	sessionOnly
	keyOnly
	sessionOrKey
)

// route is one operation of openapi.yaml.
type route struct {
	pattern string   // method and path
	access  access   // required authentication
	query   []string // names of its query parameters
	handle  handlerFunc
}

// routes returns all operations. TestRoutesMatchDocument compares them with
// openapi.yaml.
func (h *Handler) routes() []route {
	scopes := []string{"trace", "from", "to"}
	filters := append(slices.Clone(scopes), "method", "auth", "status", "host", "path", "q")
	series := append(slices.Clone(scopes), "step", "endpoint", "status")
	covered := append(slices.Clone(scopes), "tests", "min", "weight", "format")
	use := append(slices.Clone(scopes), "state", "format")
	risks := append(slices.Clone(scopes), "since", "format")
	return []route{
		{"GET /api/openapi.json", anyone, nil, h.getDocument},

		{"GET /api/v1/setup", anyone, nil, h.getSetup},
		{"POST /api/v1/setup", anyone, nil, h.createFirstUser},
		{"GET /api/v1/session", sessionOnly, nil, h.getSession},
		{"POST /api/v1/session", anyone, nil, h.logIn},
		{"DELETE /api/v1/session", sessionOnly, nil, h.logOut},
		{"POST /api/v1/account/password", sessionOnly, nil, h.changePassword},

		{"GET /api/v1/projects", sessionOrKey, nil, h.listProjects},
		{"POST /api/v1/projects", sessionOrKey, nil, h.createProject},
		{"GET /api/v1/projects/{project}", sessionOrKey, nil, h.getProject},
		{"PATCH /api/v1/projects/{project}", sessionOrKey, nil, h.changeProject},
		{"DELETE /api/v1/projects/{project}", sessionOrKey, nil, h.deleteProject},
		{"GET /api/v1/projects/{project}/events", sessionOrKey, nil, h.watchProject},

		{"GET /api/v1/api-keys", sessionOrKey, nil, h.listAPIKeys},
		{"POST /api/v1/api-keys", sessionOrKey, nil, h.createAPIKey},
		{"DELETE /api/v1/api-keys/{apiKey}", sessionOrKey, nil, h.revokeAPIKey},

		{"GET /api/v1/projects/{project}/daemons", sessionOrKey, nil, h.listDaemons},

		{"GET /api/v1/projects/{project}/traces", sessionOrKey, []string{"state", "limit", "cursor"}, h.listTraces},
		{"POST /api/v1/projects/{project}/traces", sessionOrKey, nil, h.startTrace},
		{"GET /api/v1/projects/{project}/traces/{trace}", sessionOrKey, nil, h.getTrace},
		{"PATCH /api/v1/projects/{project}/traces/{trace}", sessionOrKey, nil, h.changeTrace},
		{"DELETE /api/v1/projects/{project}/traces/{trace}", sessionOrKey, nil, h.deleteTrace},
		{"POST /api/v1/projects/{project}/traces/{trace}/stop", sessionOrKey, nil, h.stopTrace},

		{"GET /api/v1/projects/{project}/model", sessionOrKey, filters, h.getModel},
		{"GET /api/v1/projects/{project}/model/endpoints/{endpoint}", sessionOrKey, scopes, h.getEndpoint},
		{"GET /api/v1/projects/{project}/model/openapi.yaml", sessionOrKey, filters, h.getOpenAPIYAML},
		{"GET /api/v1/projects/{project}/model/openapi.json", sessionOrKey, filters, h.getOpenAPIJSON}, {
			"GET /api/v1/projects/{project}/model/endpoints/{endpoint}/facts", sessionOrKey, []string{"trace"}, h.listFacts,
		},
		{"GET /api/v1/projects/{project}/model/recording", sessionOrKey, scopes, h.getRecording},
		{"GET /api/v1/projects/{project}/compare", sessionOrKey, []string{"base", "revision", "format"}, h.getComparison},
		{"GET /api/v1/projects/{project}/coverage", sessionOrKey, covered, h.getCoverage},
		{"GET /api/v1/projects/{project}/changes", sessionOrKey, []string{"trace", "since"}, h.listChanges},
		{"GET /api/v1/projects/{project}/series", sessionOrKey, series, h.getSeries},
		{"GET /api/v1/projects/{project}/routes", sessionOrKey, use, h.listRoutes},
		{"GET /api/v1/projects/{project}/consumers", sessionOrKey, scopes, h.listConsumers},
		{"GET /api/v1/projects/{project}/consumers/{consumer}", sessionOrKey, scopes, h.getConsumer},
		{"GET /api/v1/projects/{project}/posture", sessionOrKey, risks, h.getPosture},

		{"GET /api/v1/projects/{project}/drift", sessionOrKey, append(slices.Clone(scopes), "format"), h.getDrift},
		{"GET /api/v1/projects/{project}/declaration", sessionOrKey, nil, h.getDeclaration},
		{"PUT /api/v1/projects/{project}/declaration", sessionOrKey, []string{"url"}, h.putDeclaration},
		{"DELETE /api/v1/projects/{project}/declaration", sessionOrKey, nil, h.deleteDeclaration},
		{"GET /api/v1/projects/{project}/declaration/document", sessionOrKey, nil, h.getDeclared},

		{"GET /api/v1/projects/{project}/tests", sessionOrKey, nil, h.listTests},
		{"PUT /api/v1/projects/{project}/tests/{name}", sessionOrKey, nil, h.putTests},
		{"GET /api/v1/projects/{project}/tests/{name}", sessionOrKey, nil, h.getTests},
		{"DELETE /api/v1/projects/{project}/tests/{name}", sessionOrKey, nil, h.deleteTests},

		{"POST /mcp", keyOnly, []string{"project"}, h.serveTools},

		{"POST /api/v1/agent/heartbeat", keyOnly, nil, h.heartbeat},
		{"POST /api/v1/agent/projects/{project}/traces", keyOnly, nil, h.pollTraces},
		{"PUT /api/v1/agent/projects/{project}/routes", keyOnly, []string{"reported"}, h.putRoutes},
		{
			"PUT /api/v1/agent/projects/{project}/declaration", keyOnly, []string{"reported", "generator"},
			h.reportDeclaration,
		},
		{
			"PUT /api/v1/agent/projects/{project}/traces/{trace}/bundles/{bundle}", keyOnly,
			[]string{"also", "repeats"}, h.putBundle,
		},
	}
}

// mux returns a handler for the routes. It responds with 405 to other methods on
// their paths, and with 404 to other paths under /api/.
func (h *Handler) mux() *http.ServeMux {
	mux := http.NewServeMux()
	allowed := make(map[string][]string)
	for _, rt := range h.routes() {
		mux.Handle(rt.pattern, h.serve(rt))
		method, path, _ := strings.Cut(rt.pattern, " ")
		if method == http.MethodGet {
			method = "GET, HEAD"
		}
		allowed[path] = append(allowed[path], method)
	}
	for path, methods := range allowed {
		mux.Handle(path, h.serve(route{handle: methodNotAllowed(strings.Join(methods, ", "))}))
	}
	mux.Handle("/api/", h.serve(route{handle: notFound}))
	return mux
}

func methodNotAllowed(allowed string) handlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Allow", allowed)
		return &problem{code: codeMethodNotAllowed,
			detail: "This path does not accept " + r.Method + ", only " + allowed + "."}
	}
}

func notFound(http.ResponseWriter, *http.Request) error {
	return &problem{code: codeNotFound,
		detail: "There is nothing at this path: GET /api/openapi.json lists the paths of the API."}
}
