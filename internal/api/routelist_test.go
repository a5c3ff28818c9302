package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/ingest"
	"akita/internal/shape"
	"akita/internal/witness"
)

// routed implements Models with calls of some routes.
type routed struct{ oneEndpoint }

func (routed) Endpoints(context.Context, ingest.Scope) (*endpoints.Set, error) {
	m := apimodel.New()
	add := func(template string, status int, headers ...witness.Param) {
		m.Add(&witness.Witness{
			Start: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), Method: "GET", Host: "shop.example", Template: template,
			Status: status, ResponseHeaders: headers,
		})
	}
	add("/orders/", 200)
	add("/admin/", 401)
	add("/v1/orders/", 200, witness.Param{Name: "deprecation", Shape: &shape.Shape{}})
	add("/debug/", 200)
	return endpoints.Infer(m), nil
}

func (m routed) Recent(ctx context.Context, of ingest.Scope, _ time.Duration) (*endpoints.Set, string, error) {
	set, err := m.Endpoints(ctx, of)
	return set, "1", err
}

const putRoutesPath = "/api/v1/agent/projects/demo/routes?reported="

const listOfRoutes = `{"routes":[
	{"method":"GET","path":"/orders/","view":"shop.Orders"},{"method":"POST","path":"/orders/","view":"shop.Orders"},
	{"method":"GET","path":"/admin/","view":"admin"},{"method":"GET","path":"/v1/orders/","view":"old"}]}`

func TestRoutes(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = routed{}
	project := f.project("demo")
	user, daemon := f.user(), f.daemon()

	user.get(project + "/routes").want(http.StatusOK).wantBody(`{"complete":false,"items":[],"summary":{}}`)
	daemon.do("PUT", putRoutesPath+"2026-01-31T10:00:00Z", listOfRoutes).want(http.StatusOK).wantBody(`{"routes":4}`)
	tag := user.get(project + "/routes").want(http.StatusOK).wantBody(`{"reported":"2026-01-31T10:00:00Z","complete":true,` +
		`"items":[` +
		`{"method":"GET","path":"/admin/","view":"admin","state":"rejected_only","calls":1,"deprecated":0,` +
		`"first_call":"2026-01-31T12:00:00Z","last_call":"2026-01-31T12:00:00Z"},` +
		`{"method":"GET","path":"/debug/","host":"shop.example","state":"shadow","calls":1,"deprecated":0,` +
		`"first_call":"2026-01-31T12:00:00Z","last_call":"2026-01-31T12:00:00Z","last_2xx":"2026-01-31T12:00:00Z"},` +
		`{"method":"GET","path":"/orders/","view":"shop.Orders","state":"called","calls":1,"deprecated":0,` +
		`"first_call":"2026-01-31T12:00:00Z","last_call":"2026-01-31T12:00:00Z","last_2xx":"2026-01-31T12:00:00Z"},` +
		`{"method":"POST","path":"/orders/","view":"shop.Orders","state":"dead","calls":0,"deprecated":0},` +
		`{"method":"GET","path":"/v1/orders/","view":"old","state":"zombie","calls":1,"deprecated":1,` +
		`"first_call":"2026-01-31T12:00:00Z","last_call":"2026-01-31T12:00:00Z","last_2xx":"2026-01-31T12:00:00Z"}],` +
		`"summary":{"called":1,"dead":1,"rejected_only":1,"shadow":1,"zombie":1}}`).Header().Get("ETag")

	user.get(project + "/routes?state=dead&state=shadow&format=csv").want(http.StatusOK).wantBody(
		"method,path,view,host,state,calls,deprecated,first_call,last_call,last_2xx,consumers\n" +
			"GET,/debug/,,shop.example,shadow,1,0,2026-01-31T12:00:00Z,2026-01-31T12:00:00Z,2026-01-31T12:00:00Z,\n" +
			"POST,/orders/,shop.Orders,,dead,0,0,,,,\n")
	user.get(project+"/routes?state=gone").wantProblem(codeInvalidRequest, "state", "rejected_only")
	user.get(project+"/routes?format=xml").wantProblem(codeInvalidRequest, "csv, findings")

	for format, want := range map[string]string{
		"findings": `"kind":"dead","subject":"operation","method":"POST","path":"/orders/"`,
		"text":     "1 zombie, 1 shadow, 1 dead in 4 calls",
		"sarif":    `"ruleId":"zombie/operation"`,
	} {
		got := squeeze(user.get(project + "/routes?format=" + format).want(http.StatusOK).Body.String())
		if !strings.Contains(got, squeeze(want)) {
			t.Errorf("%s: %s, want %s", format, got, want)
		}
	}
	got := user.get(project + "/routes?format=findings&state=dead").want(http.StatusOK).Body.String()
	if strings.Contains(got, "zombie") {
		t.Errorf("dead routes: %s", got)
	}

	// The response is valid until another list is reported.
	user.headers = http.Header{"If-None-Match": {tag}}
	user.get(project + "/routes").want(http.StatusNotModified)
	daemon.do("PUT", putRoutesPath+"2026-01-31T09:00:00Z", `{"routes":[]}`).want(http.StatusOK) // it is older
	user.get(project + "/routes").want(http.StatusNotModified)
	daemon.do("PUT", putRoutesPath+"2026-01-31T11:00:00Z", `{"routes":[]}`).want(http.StatusOK)
	user.get(project + "/routes").want(http.StatusOK)
}

func TestRoutesAsTheClientAccepts(t *testing.T) {
	t.Parallel()
	f := setup(t)
	project, user := f.project("demo"), f.user()
	for accept, want := range map[string]string{
		"": "application/json", "*/*": "application/json", "text/csv": "text/csv", "text/html, text/csv;q=0.9": "text/csv",
		"application/json, text/csv": "application/json", "image/png": "application/json",
	} {
		user.headers = http.Header{"Accept": {accept}}
		got := user.get(project + "/routes").want(http.StatusOK).Header()
		if got.Get("Content-Type") != want || got.Get("Vary") != "Accept" {
			t.Errorf("Accept %q: got %s, Vary %q", accept, got.Get("Content-Type"), got.Get("Vary"))
		}
	}
}

func TestRoutesAreRefused(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.project("demo")
	daemon := f.daemon()
	const now = "2026-01-31T10:00:00Z"
	daemon.do("PUT", putRoutesPath+"today", listOfRoutes).wantProblem(codeInvalidRequest, "reported")
	daemon.do("PUT", putRoutesPath+now, `{"routes":[{"method":"GET","path":"/a","default":"canary"}]}`).
		wantProblem(codeInvalidRequest, "malformed")
	many := strings.Repeat(`{"method":"GET","path":"/a"},`, 10_000)
	daemon.do("PUT", putRoutesPath+now, `{"routes":[`+many+`{"method":"GET","path":"/a"}]}`).
		wantProblem(codeTooLarge, "10000")
	daemon.do("PUT", "/api/v1/agent/projects/none/routes?reported="+now, listOfRoutes).wantProblem(codeProjectNotFound)
}

func TestRoutesOfAFastClockDoNotLast(t *testing.T) {
	t.Parallel()
	f := setup(t)
	project, user, daemon := f.project("demo"), f.user(), f.daemon()
	future := time.Now().Add(24 * time.Hour).UTC().Format(time.RFC3339)
	daemon.do("PUT", putRoutesPath+future, listOfRoutes).want(http.StatusOK)
	now := time.Now().Add(time.Minute).UTC().Format(time.RFC3339)
	daemon.do("PUT", putRoutesPath+now, `{"routes":[{"method":"GET","path":"/new/"}]}`).want(http.StatusOK)
	var got routesAnswer
	user.get(project + "/routes?state=dead").want(http.StatusOK).into(&got)
	if text := fmt.Sprint(got.Items); len(got.Items) != 1 || !strings.Contains(text, "/new/") {
		t.Errorf("the routes are %s", text)
	}
}
