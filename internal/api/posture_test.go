package api

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/facts"
	"akita/internal/ingest"
	"akita/internal/shape"
	"akita/internal/witness"
)

// exposing implements Models of an operation that answers without credentials, with a password in its query
// from an hour on.
type exposing struct {
	oneEndpoint

	start time.Time
}

func (m exposing) model() *apimodel.Model {
	all := apimodel.New()
	all.Add(&witness.Witness{
		Start: m.start, Method: "GET", Host: "shop.example", Template: "/reset/", Status: 200,
		Query: []witness.Param{{Name: "password", Shape: &shape.Shape{Strs: 1}}},
	})
	return all
}

func (m exposing) Recent(context.Context, ingest.Scope, time.Duration) (*endpoints.Set, string, error) {
	return endpoints.Infer(m.model()), "1", nil
}

func (m exposing) Facts(context.Context, ingest.Scope) (map[apimodel.OperationKey]facts.History, error) {
	return nil, nil
}

func TestPosture(t *testing.T) {
	t.Parallel()
	f := setup(t)
	f.models = exposing{start: time.Now().Add(-48 * time.Hour)}
	project, user := f.project("demo"), f.user()
	const none = `"findings":[],"summary":{"calls":1,`
	for query, want := range map[string]string{
		"":                  `"kind":"posture","subject":"parameter","method":"GET","path":"/reset/","at":"query.password","value":"password","severity":"breaking"`,
		"?since=-7d":        `"rule":"sensitive_in_url"`,
		"?since=-1d":        none,
		"?format=text":      "EXPOSED",
		"?format=csv":       "posture,breaking,GET,/reset/,,query.password,parameter,password,proved,1,1,",
		"?format=sarif":     `"ruleId":"sensitive_in_url"`,
		"?from=-7d&to=-1d":  `"failing":1`,
		"?format=junit":     `failures="1"`,
		"?format=github":    "::error title=API exposed::",
		"?format=markdown":  "| `GET /reset/` | `query.password` |",
		"?since=2020-01-01": `"failing":1`,
	} {
		a := user.get(project + "/posture" + query).want(http.StatusOK)
		if got := squeeze(a.Body.String()); !strings.Contains(got, squeeze(want)) {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	user.get(project+"/posture?since=soon").wantProblem(codeInvalidRequest, "since")
	user.get(project+"/posture?format=pdf").wantProblem(codeInvalidRequest, "format", "csv")
	tag := user.get(project + "/posture").want(http.StatusOK).Header().Get("ETag")
	user.headers = http.Header{"If-None-Match": {tag}}
	user.get(project + "/posture").want(http.StatusNotModified)
}
