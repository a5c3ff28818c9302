package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestEveryOperation calls each operation once and checks that each response is as
// documented.
func TestEveryOperation(t *testing.T) {
	t.Parallel()
	f := setupEmpty(t)
	token, err := f.OpenSetup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	user, daemon := f.anonymous(), f.anonymous()
	call := func(c *client, method, path, body string, status int) *response {
		t.Helper()
		r := c.request(method, path, body)
		if strings.Contains(path, "/bundles/") {
			r.Header.Set("Content-Type", "application/x-ndjson")
		}
		if strings.HasPrefix(path, "/mcp") {
			r.Header.Set("Accept", "application/json, text/event-stream")
		}
		a := c.send(r).want(status)
		seen[r.Pattern] = true
		c.keepCookie(a)
		return a
	}
	var project projectJSON
	var trace traceJSON
	var model struct{ Endpoints []struct{ ID string } }

	call(user, "GET", "/api/openapi.json", "", 200)
	call(user, "GET", "/api/v1/setup", "", 200)
	call(user, "POST", "/api/v1/setup", setupBody(token.Reveal()), 201)
	call(user, "GET", "/api/v1/session", "", 200)
	call(user, "DELETE", "/api/v1/session", "", 204)
	call(user, "POST", "/api/v1/session", `{"username":"ada","password":"copper lantern orbit"}`, 201)
	call(user, "POST", "/api/v1/account/password",
		`{"current":"copper lantern orbit","new":"violet harbour clock"}`, 204)

	call(user, "POST", "/api/v1/projects", `{"name":"django-demo"}`, 201).into(&project)
	call(user, "GET", "/api/v1/projects", "", 200)
	path := "/api/v1/projects/" + project.ID
	call(user, "GET", path, "", 200)
	call(user, "PATCH", path, `{"retention_days":30}`, 200)

	call(user, "POST", "/api/v1/api-keys", `{"name":"staging","scope":"full"}`, 201).into(&daemon.key)
	call(user, "GET", "/api/v1/api-keys", "", 200)

	clients := `[{"project":"Django-Demo","name":"web.1","last_seen":"2025-11-22T12:00:00Z"}]`
	call(daemon, "POST", "/api/v1/agent/heartbeat", `{"name":"heroku","version":"1","clients":`+clients+`}`, 200)
	call(user, "GET", path+"/daemons", "", 200)

	call(user, "POST", path+"/traces", `{"duration_hours":1}`, 201).into(&trace)
	call(user, "GET", path+"/traces", "", 200)
	call(user, "GET", path+"/traces/"+trace.Name, "", 200)
	call(user, "PATCH", path+"/traces/"+trace.Name, `{"extend_hours":1}`, 200)
	call(daemon, "POST", "/api/v1/agent/projects/DJANGO-DEMO/traces",
		`{"daemon":"heroku","active_trace_ids":[],"wait_seconds":60}`, 200)
	bundle := "/api/v1/agent/projects/django-demo/traces/" + trace.ID + "/bundles/bdl_6EjLU2sINbfKRwmqeqQM8s"
	call(daemon, "PUT", bundle, "{}\n{}\n", 202)
	call(daemon, "PUT", bundle, "{}\n{}\n", 200)
	call(user, "POST", path+"/traces/"+trace.ID+"/stop", "", 200)

	call(user, "GET", path+"/model?method=GET&auth=bearer&status=2xx", "", 200).into(&model)
	call(user, "GET", path+"/model/openapi.yaml", "", 200)
	call(user, "GET", path+"/model/openapi.json?trace="+trace.Name, "", 200)
	if len(model.Endpoints) != 1 {
		t.Fatalf("%d endpoints, want 1", len(model.Endpoints))
	}
	call(user, "GET", path+"/model/endpoints/"+model.Endpoints[0].ID, "", 200)
	call(user, "GET", path+"/model/endpoints/"+model.Endpoints[0].ID+"/facts", "", 200)
	call(user, "GET", path+"/model/recording?from=-7d&to=now", "", 200)
	call(user, "GET", path+"/compare", "", 200)
	call(user, "GET", path+"/posture?since=-7d", "", 200)
	call(user, "GET", path+"/changes?since=-7d", "", 200)
	call(user, "GET", path+"/series?endpoint="+model.Endpoints[0].ID, "", 200)

	routes := `{"routes":[{"method":"GET","path":"/orders/{id}/"}]}`
	call(daemon, "PUT", "/api/v1/agent/projects/django-demo/routes?reported=2026-01-31T12:00:00Z", routes, 200)
	call(user, "GET", path+"/routes", "", 200)
	call(user, "GET", path+"/consumers", "", 200)
	call(user, "GET", path+"/consumers/curl", "", 200)
	declared := `{"openapi":"3.1.0","info":{"title":"Shop","version":"1"},"paths":{}}`
	call(daemon, "PUT", "/api/v1/agent/projects/django-demo/declaration?reported=2026-01-31T12:00:00Z", declared, 200)
	call(user, "PUT", path+"/declaration", declared, 200)
	call(user, "GET", path+"/declaration", "", 200)
	call(user, "GET", path+"/declaration/document", "", 200)
	call(user, "GET", path+"/drift", "", 200)
	call(user, "DELETE", path+"/declaration", "", 204)
	user.headers = http.Header{"Content-Type": {"application/octet-stream"}}
	call(user, "PUT", path+"/tests/unit", encoded(t, recordingOfTests("/orders/")), 200)
	user.headers = nil
	call(user, "GET", path+"/tests", "", 200)
	call(user, "GET", path+"/tests/unit", "", 200)
	call(user, "GET", path+"/coverage?from=-7d&tests=unit&min=90&weight=operations", "", 200)
	call(user, "DELETE", path+"/tests/unit", "", 204)
	call(daemon, "POST", "/mcp?project="+project.ID, `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`, 200)

	call(user, "DELETE", "/api/v1/api-keys/"+daemon.key.ID, "", 204)

	ctx, cancel := context.WithCancel(t.Context())
	cancel() // ends the stream immediately
	r := user.request("GET", path+"/events", "").WithContext(ctx)
	user.api.ServeHTTP(httptest.NewRecorder(), r)
	seen[r.Pattern] = true

	call(user, "DELETE", path+"/traces/"+trace.ID, "", 204)
	call(user, "DELETE", path, "", 204)

	for _, rt := range f.routes() {
		if !seen[rt.pattern] {
			t.Errorf("%s was not called", rt.pattern)
		}
	}
}

func TestMethodNotAllowed(t *testing.T) {
	t.Parallel()
	user := setup(t).user()
	for path, want := range map[string]string{
		"/api/v1/session":            "GET, HEAD, POST, DELETE",
		"/api/v1/projects":           "GET, HEAD, POST",
		"/api/v1/api-keys/apk_none":  "DELETE",
		"/api/v1/agent/heartbeat":    "POST",
		"/api/v1/projects/x/daemons": "GET, HEAD",
	} {
		a := user.do("PATCH", path, "").wantProblem(codeMethodNotAllowed)
		if got := a.Header().Get("Allow"); got != want {
			t.Errorf("%s: Allow %q, want %q", path, got, want)
		}
	}
}
