package api

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/ingest"
	"akita/internal/witness"
)

// drifting implements Models of calls that the document does not declare.
type drifting struct{ oneEndpoint }

func (drifting) Model(context.Context, ingest.Scope) (*apimodel.Model, string, error) {
	m := apimodel.New()
	for range 20 {
		m.Add(&witness.Witness{
			Start: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), Method: "GET", Host: "shop.example",
			Template: "/orders/", Status: 200, Query: []witness.Param{{Name: "page"}},
		})
	}
	return m, "1", nil
}

func TestDrift(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = drifting{}
	project, user, daemon := f.project("demo"), f.user(), f.daemon()
	user.get(project + "/drift").wantProblem(codeDeclarationNotFound)
	report := `{"openapi":"3.1.0","info":{"title":"Shop","version":"1"},"paths":{"/orders/":{"get":{"responses":{"200":{}}}},` +
		`"/users/":{"get":{"responses":{"200":{}}}}}}`
	daemon.do("PUT", reportPath+"2026-01-31T10:00:00Z", report).want(http.StatusOK)
	for query, want := range map[string]string{
		"":                 `"kind":"undocumented","subject":"parameter","method":"GET","path":"/orders/","at":"query.page"`,
		"?from=-1d&to=now": `"summary":{"calls":20,"findings":2,"failing":1,"ignored":0,"kinds":{"undocumented":1,"unseen":1}}`,
		"?format=markdown": "API drift: demo",
		"?format=text":     "all 20  query.page  no such parameter in the document",
		"?format=sarif":    `"uri":"demo.openapi"`,
	} {
		a := user.get(project + "/drift" + query).want(http.StatusOK)
		if got := squeeze(a.Body.String()); !strings.Contains(got, squeeze(want)) {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	user.get(project+"/drift?format=xml").wantProblem(codeInvalidRequest, "format")
	user.get(project + "/drift?trace=none").wantProblem(codeTraceNotFound)

	// The response is valid until another document is declared.
	tag := user.get(project + "/drift").Header().Get("ETag")
	user.headers = http.Header{"If-None-Match": {tag}}
	user.get(project + "/drift").want(http.StatusNotModified)
	report = strings.Replace(report, `"responses"`, `"parameters":[{"name":"page","in":"query"}],"responses"`, 1)
	daemon.do("PUT", reportPath+"2026-01-31T11:00:00Z", report).want(http.StatusOK)
	user.get(project + "/drift").want(http.StatusOK).wantIn(`"findings": 1`)
}

func TestDriftOfAScope(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = drifting{}
	project := f.project("demo")
	of := ingest.Scope{ProjectID: strings.TrimPrefix(project, "/api/v1/projects/")}
	if _, err := f.drift(t.Context(), of); err == nil {
		t.Error("a project without a document has a drift")
	}
	f.daemon().do("PUT", reportPath+"2026-01-31T10:00:00Z",
		`{"openapi":"3.1.0","info":{"title":"Shop","version":"1"},"paths":{"/orders/":{"get":{"responses":{"200":{}}}}}}`)
	got, err := f.drift(t.Context(), of)
	if err != nil || len(got.findings) != 1 || got.findings[0].Kind != compare.Undocumented || got.calls != 20 ||
		got.matched != 20 {
		t.Errorf("got %+v, %v", got, err)
	}
}
