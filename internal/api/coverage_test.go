package api

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/ingest"
	"akita/internal/witness"
)

// served implements Models of calls of two operations, more of them without a start.
type served struct{ oneEndpoint }

func (served) Model(_ context.Context, of ingest.Scope) (*apimodel.Model, string, error) {
	m := apimodel.New()
	for i := range 20 {
		w := witness.Witness{Method: "GET", Host: "shop.example", Template: "/orders/", Status: 200}
		if i%4 == 0 {
			w.Template = "/orders/{pk}/"
		}
		if of.From == 0 && i == 1 {
			w.Query = []witness.Param{{Name: "page"}}
		}
		m.Add(&w)
	}
	return m, "1", nil
}

func TestCoverage(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = served{}
	project := f.project("demo")
	user := f.user()
	user.get(project+"/coverage").wantProblem(codeTestsNotFound, "pytest --akita")
	put := func(name string, routes ...string) {
		user.headers = http.Header{"Content-Type": {"application/octet-stream"}}
		user.do("PUT", project+"/tests/"+name, encoded(t, recordingOfTests(routes...))).want(http.StatusOK)
		user.headers = nil
	}
	put("unit", "/orders/", "/new/")
	put("browser", "/orders/{pk}/")
	user.get(project+"/coverage?tests=none").wantProblem(codeTestsNotFound, `no tests named "none"`)
	for query, want := range map[string]string{
		"?tests=unit&from=-1d": `"kind":"untested","subject":"operation","method":"GET","path":"/orders/{pk}/","at":"",` +
			`"severity":"warning","verdict":"proved","seen":{"for":5,"of":20}`,
		"?tests=unit&from=-2d":            `"percent":{"calls":75,"operations":50},"calls":{"covered":15,"of":20}`,
		"?from=-1d":                       `"percent":{"calls":100,"operations":100}`,
		"":                                `"subject":"parameter","method":"GET","path":"/orders/","at":"query.page"`,
		"?tests=browser&format=text":      "25.0 % of calls and 1 of 2 operations are tested",
		"?tests=unit&format=text":         "ONLY IN TESTS  tests do it, and production does not\n  GET /new/",
		"?tests=unit&format=junit&min=90": `message="75.0 % of calls are tested, which is less than 90 %"`,
		"?format=github&min=100&weight=operations": "100.0 % of calls and 2 of 2 operations are tested",
	} {
		a := user.get(project + "/coverage" + query).want(http.StatusOK)
		if got := squeeze(a.Body.String()); !strings.Contains(got, squeeze(want)) {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
		c := f.user()
		c.headers = http.Header{"If-None-Match": {a.Header().Get("ETag")}}
		c.get(project + "/coverage" + query).want(http.StatusNotModified)
	}
	for query, want := range map[string]string{
		"?min=101": "must be a share in percent", "?min=NaN": "must be a share in percent", "?weight=fields": "weight",
		"?format=yaml": "format", "?from=yesterday": "from",
	} {
		user.get(project+"/coverage"+query).wantProblem(codeInvalidRequest, want)
	}

	// An upload changes the answer.
	before := user.get(project + "/coverage?tests=browser").Header().Get("ETag")
	put("browser", "/orders/{pk}/", "/orders/")
	after := user.get(project + "/coverage?tests=browser").want(http.StatusOK)
	if after.Header().Get("ETag") == before {
		t.Error("the entity tag is that of the tests before")
	}
}

// TestCoverageOfADeclaration has the paths of the document, and its levels.
func TestCoverageOfADeclaration(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = served{}
	project := f.project("demo")
	user := f.user()
	user.headers = http.Header{"Content-Type": {"application/octet-stream"}}
	user.do("PUT", project+"/tests/unit", encoded(t, recordingOfTests("/orders/"))).want(http.StatusOK)
	user.headers = http.Header{"Content-Type": {"application/yaml"}}
	user.do("PUT", project+"/declaration", `openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /orders/: {get: {responses: {"200": {description: OK}}}}
  /orders/{order}/: {get: {responses: {"200": {description: OK}}}}
  /never/: {get: {responses: {"200": {description: OK}}}}
`).want(http.StatusOK)
	user.headers = nil
	got := squeeze(user.get(project + "/coverage?from=-1d").want(http.StatusOK).Body.String())
	for _, want := range []string{
		`"path":"/orders/{order}/"`, `{"level":1,"name":"Path","covered":1,"of":3}`, `"operations":{"covered":1,"of":2}`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}

	p, err := f.store.Projects(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found, err := f.untested(t.Context(), p[0], ingest.Scope{ProjectID: p[0].ID})
	if err != nil || len(found) != 2 || found[0].Path != "/orders/{order}/" || found[1].At != "query.page" {
		t.Errorf("%v, %+v", err, found)
	}
}
