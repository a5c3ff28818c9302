package api

import (
	"net/http"
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/compare"
	"akita/internal/shape"
	"akita/internal/witness"
)

// recordingOfTests returns what a call of each route shows.
func recordingOfTests(routes ...string) compare.Recording {
	m := apimodel.New()
	for _, route := range routes {
		m.Add(&witness.Witness{Method: "GET", Template: route, Status: 200})
	}
	return compare.Recording{Model: m}
}

func encoded(t testing.TB, r compare.Recording) string {
	t.Helper()
	body, err := r.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestTests(t *testing.T) {
	t.Parallel()
	f := setup(t)
	path := f.project("demo") + "/tests"
	user := f.user()
	put := func(name, body string) *response {
		t.Helper()
		user.headers = http.Header{"Content-Type": {"application/octet-stream"}}
		defer func() { user.headers = nil }()
		return user.do("PUT", path+"/"+name, body)
	}
	user.get(path).want(http.StatusOK).wantBody(`{"items":[]}`)
	user.get(path+"/unit").wantProblem(codeTestsNotFound, `no tests named "unit"`)
	user.do("DELETE", path+"/unit", "").wantProblem(codeTestsNotFound)

	put("unit", encoded(t, recordingOfTests("/a"))).want(http.StatusOK).wantIn(`"name":"unit","calls":1`, `"by":"ada"`)
	put("unit", encoded(t, recordingOfTests("/a", "/b"))).want(http.StatusOK).wantIn(`"calls":2`)
	put("browser-1.2", encoded(t, recordingOfTests("/c"))).want(http.StatusOK)
	user.get(path).want(http.StatusOK).wantIn(`{"items":[{"name":"browser-1.2","calls":1`, `{"name":"unit","calls":2`)
	user.get(path + "/unit").want(http.StatusOK).wantBody(encoded(t, recordingOfTests("/a", "/b")))
	f.daemon().get(path).want(http.StatusOK)

	// What is no model of calls, or holds literals, is refused.
	literal := apimodel.New()
	text, err := shape.OfJSON(`{"state": "paid"}`, shape.Options{Enums: true})
	if err != nil {
		t.Fatal(err)
	}
	literal.Add(&witness.Witness{
		Method: "POST", Template: "/a", Status: 200, Request: &witness.Body{MediaType: "application/json", Shape: text},
	})
	for want, body := range map[string]string{
		"holds literals":   encoded(t, compare.Recording{Model: literal}),
		"it has 0 calls":   encoded(t, recordingOfTests()),
		"decode recording": "PK\x03\x04",
		"upgrade akita":    "\x63",
	} {
		put("unit", body).wantProblem(codeInvalidRequest, "The recording is refused", want)
	}
	put("a%20b", encoded(t, recordingOfTests("/a"))).wantProblem(codeInvalidRequest, "name")
	put(strings.Repeat("a", 65), encoded(t, recordingOfTests("/a"))).wantProblem(codeInvalidRequest, "name")
	put("unit", strings.Repeat("a", maxTests+1)).wantProblem(codeTooLarge)
	user.do("PUT", path+"/unit", "{}").want(http.StatusUnsupportedMediaType)

	user.do("DELETE", path+"/unit", "").want(http.StatusNoContent)
	user.get(path + "/unit").wantProblem(codeTestsNotFound)
}
