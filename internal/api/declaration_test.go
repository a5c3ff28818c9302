package api

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"akita/internal/outbound"
)

// site implements declaration.Getter with one document.
type site struct {
	status int
	body   string
}

func (s *site) Get(context.Context, string, http.Header, int64) (outbound.Answer, error) {
	if s.status == 0 {
		return outbound.Answer{}, outbound.ErrForbidden
	}
	return outbound.Answer{Status: s.status, Header: http.Header{}, Body: []byte(s.body)}, nil
}

const shopDocument = `openapi: 3.1.0
info: {title: Shop, version: "1"}
paths: {/orders/: {get: {responses: {"200": {description: OK}}}}}
`

const reportPath = "/api/v1/agent/projects/demo/declaration?generator=drf-spectacular&reported="

func TestDeclaration(t *testing.T) {
	t.Parallel()
	f := setup(t)
	path := f.project("demo") + "/declaration"
	user, daemon := f.user(), f.daemon()
	put := func(url, body string) *response {
		t.Helper()
		user.headers = http.Header{"Content-Type": {"application/yaml"}}
		return user.do("PUT", path+url, body)
	}

	user.get(path).wantProblem(codeDeclarationNotFound, `"demo"`, "akita declare openapi.yaml --project demo")
	user.get(path + "/document").wantProblem(codeDeclarationNotFound)
	user.do("DELETE", path, "").wantProblem(codeDeclarationNotFound)

	put("", shopDocument).want(http.StatusOK).wantIn(`"origin":"upload","openapi":"3.1.0","title":"Shop","operations":1`,
		`"by":"ada"`)
	user.get(path + "/document").want(http.StatusOK).wantBody(shopDocument)

	put("", "openapi: 3.1.0\npaths: [").wantProblem(codeInvalidRequest, "line 3")
	put("", strings.Repeat(" ", 17<<20)).wantProblem(codeTooLarge)
	put("?url=file:///etc/passwd", "").wantProblem(codeInvalidRequest, "url", "http://")
	put("?url=http://127.0.0.1/", "").wantProblem(codeInvalidRequest, "--allow-private-host")
	f.site = site{404, ""}
	put("?url=https://shop.example/openapi.yaml", "").wantProblem(codeInvalidRequest, "status 404")
	user.get(path).want(http.StatusOK).wantIn(`"origin":"upload"`)
	f.site = site{200, strings.ReplaceAll(shopDocument, "3.1.0", "3.0.3")}
	put("?url=https://shop.example/openapi.yaml", "").want(http.StatusOK).wantIn(
		`"origin":"url","openapi":"3.0.3"`, `"url":"https://shop.example/openapi.yaml"`, `"checked":`)

	// What the application reports is in force without another one.
	report := `{"openapi":"3.0.3","info":{"title":"App","version":"1"},"paths":{}}`
	daemon.do("PUT", reportPath+"2026-01-31T10:00:00Z", report).want(http.StatusOK).wantBody(`{"bytes":67}`)
	user.get(path).want(http.StatusOK).wantIn(`"origin":"url"`)
	user.do("DELETE", path, "").want(http.StatusNoContent)
	user.get(path).want(http.StatusOK).wantIn(`"origin":"app"`, `"title":"App"`, `"by":"drf-spectacular"`,
		`"changed":"2026-01-31T10:00:00Z"`)
	user.get(path + "/document").want(http.StatusOK).wantBody(report)

	daemon.do("PUT", reportPath+"yesterday", report).wantProblem(codeInvalidRequest, "reported")
	daemon.do("PUT", strings.Replace(reportPath, "drf", "%0A", 1)+"2026-01-31T10:00:00Z", report).wantProblem(
		codeInvalidRequest, "generator")
	daemon.do("PUT", reportPath+"2026-01-31T10:00:00Z", `{"info":{}}`).wantProblem(codeInvalidRequest, "OpenAPI")
	user.do("PUT", reportPath+"2026-01-31T10:00:00Z", report).wantProblem(codeUnauthenticated)
}
