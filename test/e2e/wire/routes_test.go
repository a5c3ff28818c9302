package wire_test

import (
	"fmt"
	"maps"
	"net/http"
	"testing"
	"time"

	"akita/client"
	"akita/test/rig"
)

// reportOfRoutes is what a middleware reports, with members that are not part of a report.
var reportOfRoutes = map[string]any{
	"client_name": "web", "secret": "canary",
	"routes": []map[string]any{
		{"method": "GET", "route": "api/users/<int:pk>/", "view": "shop.User", "docstring": "canary"},
		{"method": "DELETE", "route": "api/users/<int:pk>/", "view": "shop.User", "kwargs": map[string]string{"k": "canary"}},
		{"method": "GET", "route": `^api/v1/users/(?P<pk>[^/.]+)/$`, "view": "shop.OldUser"},
		{"method": "GET", "route": "api/admin/", "view": "shop.Admin"},
		{"method": "*", "route": `^[a-z]+/report/$`, "view": "shop.report"},
	},
}

// callOfRoute returns a call of a route, as a middleware that knows the framework sends it.
func callOfRoute(method, path, route, view string, status int, headers ...map[string]string) map[string]any {
	entry := call{method: method, path: path, status: status, answer: `{"id": 1}`}.entry()
	known := map[string]any{"view": view}
	if route != "" {
		known["route"] = route
	}
	entry["_akita"] = known
	response := entry["response"].(map[string]any)
	response["headers"] = append(response["headers"].([]map[string]string), headers...)
	return entry
}

// TestRoutesOfAnApplication: the routes are reported while the server is away, and the calls come later.
func TestRoutesOfAnApplication(t *testing.T) {
	t.Parallel()
	p := start(t)
	ctx := contextFor(t, 2*time.Minute)
	trace, err := p.api.StartTrace(ctx, project, time.Hour)
	check(t, err)
	m := newMiddleware(t, p.DaemonURL(), "web")
	check(t, m.activated(ctx, trace))

	check(t, p.server.Stop(ctx))
	status, err := m.post(ctx, "/routes", reportOfRoutes, nil)
	if err != nil || status != http.StatusAccepted {
		t.Fatalf("report routes: status %d, %v", status, err)
	}
	check(t, p.daemon.Stop(ctx))
	p.startDaemon()
	p.startServer()

	sunset := map[string]string{"name": "Sunset", "value": "Sat, 31 Jan 2026 23:59:59 GMT"}
	for range 4 { // so that no name is new
		for _, entry := range []map[string]any{
			callOfRoute("GET", "/api/users/7/", "api/users/<int:pk>/", "shop.User", 200),
			callOfRoute("GET", "/api/v1/users/7/", `^api/v1/users/(?P<pk>[^/.]+)/$`, "shop.OldUser", 200, sunset),
			callOfRoute("GET", "/api/admin/", "api/admin/", "shop.Admin", 401),
			callOfRoute("POST", "/sales/report/", `^[a-z]+/report/$`, "shop.report", 200),
			callOfRoute("GET", "/api/debug/", "api/debug/", "shop.Debug", 200),
		} {
			check(t, m.sendUntilAcknowledged(ctx, trace, entry))
		}
	}
	p.waitForModel(20)
	want := map[string]string{
		"GET /api/users/{pk}/": "called 4", "DELETE /api/users/{pk}/": "dead 0", "GET /api/v1/users/{pk}/": "zombie 4",
		"GET /api/admin/": "rejected_only 4", "* ^[a-z]+/report/$": "called 4", "GET /api/debug/": "shadow 4",
	}
	p.wantRoutes(want)

	// A restart of both changes nothing.
	check(t, p.daemon.Stop(ctx))
	check(t, p.server.Stop(ctx))
	p.startServer()
	p.startDaemon()
	p.wantRoutes(want)

	dead, err := p.api.Routes(ctx, project, client.RouteFilter{States: []string{"dead"}, From: "-1d"})
	if err != nil || len(dead.Items) != 1 || dead.Summary["called"] != 2 || !dead.Complete {
		t.Errorf("the dead routes are %+v, %v", dead, err)
	}
	h := newHunt([]string{"canary"})
	h.searchFolder(t, p.ServerData)
	h.searchFolder(t, p.DaemonData)
	if len(h.found) > 0 {
		t.Errorf("what is not a route was stored: %v", h.found)
	}
}

// wantRoutes waits until the routes have these states and calls.
func (p *pair) wantRoutes(want map[string]string) {
	p.t.Helper()
	got := make(map[string]string)
	err := rig.Until(contextFor(p.t, time.Minute), func() (bool, error) {
		routes, err := p.api.Routes(p.t.Context(), project, client.RouteFilter{})
		clear(got)
		for _, r := range routes.Items {
			got[r.Method+" "+r.Path] = fmt.Sprintf("%s %d", r.State, r.Calls)
			if is2xx := r.State != "dead" && r.State != "rejected_only"; is2xx == r.Last2xx.IsZero() {
				p.t.Errorf("%s %s is %s, and its last 2xx was %s", r.Method, r.Path, r.State, r.Last2xx)
			}
		}
		return maps.Equal(got, want), err
	})
	if err != nil {
		p.t.Fatalf("%v; the routes are %v, want %v", err, got, want)
	}
}
