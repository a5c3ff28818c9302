package api

import (
	"net/http"
	"slices"
	"strings"
)

// handlerFunc responds to a request or returns an error: a *problem for the client,
// or an internal error.
type handlerFunc func(w http.ResponseWriter, r *http.Request) error

// route is one operation of openapi.yaml.
type route struct {
	pattern string   // method and path
	access  access   // who may call it
	query   []string // names of its query parameters
	handle  handlerFunc
}

// routes returns all operations and who may call each. TestRoutesMatchDocument compares them with
// openapi.yaml, and TestAccess tries them.
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

		{"GET /api/v1/projects", toRead, nil, h.listProjects},
		{"POST /api/v1/projects", toChange, nil, h.createProject},
		{"GET /api/v1/projects/{project}", toRead, nil, h.getProject},
		{"PATCH /api/v1/projects/{project}", toChange, nil, h.changeProject},
		{"DELETE /api/v1/projects/{project}", toChange, nil, h.deleteProject},
		{"GET /api/v1/projects/{project}/events", toRead, nil, h.watchProject},

		{"GET /api/v1/api-keys", sessionOnly, nil, h.listAPIKeys},
		{"POST /api/v1/api-keys", sessionOnly, nil, h.createAPIKey},
		{"DELETE /api/v1/api-keys/{apiKey}", sessionOnly, nil, h.revokeAPIKey},

		{"GET /api/v1/projects/{project}/daemons", toRead, nil, h.listDaemons},

		{"GET /api/v1/projects/{project}/traces", toRead, []string{"state", "limit", "cursor"}, h.listTraces},
		{"POST /api/v1/projects/{project}/traces", toChange, nil, h.startTrace},
		{"GET /api/v1/projects/{project}/traces/{trace}", toRead, nil, h.getTrace},
		{"PATCH /api/v1/projects/{project}/traces/{trace}", toChange, nil, h.changeTrace},
		{"DELETE /api/v1/projects/{project}/traces/{trace}", toChange, nil, h.deleteTrace},
		{"POST /api/v1/projects/{project}/traces/{trace}/stop", toChange, nil, h.stopTrace},

		{"GET /api/v1/projects/{project}/model", toRead, filters, h.getModel},
		{"GET /api/v1/projects/{project}/model/endpoints/{endpoint}", toRead, scopes, h.getEndpoint},
		{"GET /api/v1/projects/{project}/model/openapi.yaml", toRead, filters, h.getOpenAPIYAML},
		{"GET /api/v1/projects/{project}/model/openapi.json", toRead, filters, h.getOpenAPIJSON}, {
			"GET /api/v1/projects/{project}/model/endpoints/{endpoint}/facts", toRead, []string{"trace"}, h.listFacts,
		},
		{"GET /api/v1/projects/{project}/model/recording", toRead, scopes, h.getRecording},
		{"GET /api/v1/projects/{project}/compare", toRead, []string{"base", "revision", "format"}, h.getComparison},
		{"GET /api/v1/projects/{project}/coverage", toRead, covered, h.getCoverage},
		{"GET /api/v1/projects/{project}/changes", toRead, []string{"trace", "since"}, h.listChanges},
		{"GET /api/v1/projects/{project}/series", toRead, series, h.getSeries},
		{"GET /api/v1/projects/{project}/routes", toRead, use, h.listRoutes},
		{"GET /api/v1/projects/{project}/consumers", toRead, scopes, h.listConsumers},
		{"GET /api/v1/projects/{project}/consumers/{consumer}", toRead, scopes, h.getConsumer},
		{"GET /api/v1/projects/{project}/posture", toRead, risks, h.getPosture},

		{"GET /api/v1/projects/{project}/drift", toRead, append(slices.Clone(scopes), "format"), h.getDrift},
		{"GET /api/v1/projects/{project}/declaration", toRead, nil, h.getDeclaration},
		{"PUT /api/v1/projects/{project}/declaration", toChange, []string{"url"}, h.putDeclaration},
		{"DELETE /api/v1/projects/{project}/declaration", toChange, nil, h.deleteDeclaration},
		{"GET /api/v1/projects/{project}/declaration/document", toRead, nil, h.getDeclared},

		{"GET /api/v1/projects/{project}/tests", toRead, nil, h.listTests},
		{"PUT /api/v1/projects/{project}/tests/{name}", toChange, nil, h.putTests},
		{"GET /api/v1/projects/{project}/tests/{name}", toRead, nil, h.getTests},
		{"DELETE /api/v1/projects/{project}/tests/{name}", toChange, nil, h.deleteTests},

		{"POST /mcp", forTools, []string{"project"}, h.serveTools},

		{"POST /api/v1/agent/heartbeat", forDaemons, nil, h.heartbeat},
		{"POST /api/v1/agent/projects/{project}/traces", forDaemons, nil, h.pollTraces},
		{"PUT /api/v1/agent/projects/{project}/routes", forDaemons, []string{"reported"}, h.putRoutes},
		{
			"PUT /api/v1/agent/projects/{project}/declaration", forDaemons, []string{"reported", "generator"},
			h.reportDeclaration,
		},
		{
			"PUT /api/v1/agent/projects/{project}/traces/{trace}/bundles/{bundle}", forDaemons,
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
		mux.Handle(path, h.serve(route{access: anyone, handle: methodNotAllowed(strings.Join(methods, ", "))}))
	}
	mux.Handle("/api/", h.serve(route{access: anyone, handle: notFound}))
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
