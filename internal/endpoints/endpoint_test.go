package endpoints_test

import (
	"slices"
	"testing"

	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/jsonschema"
)

// Endpoints that differ only in their host and in the name of their parameter become one.
func TestJoin(t *testing.T) {
	t.Parallel()
	elsewhere := func(e *har.Entry) { e.Request.URL = "https://b.test/users/x" }
	set := model([]har.Entry{call("/users/7", 200, `{}`), call("", 200, `{}`, elsewhere, routed("users/<str:name>"))})
	all := slices.Collect(set.Matching(endpoints.Filter{}))
	if len(all) != 2 || all[0].Path == all[1].Path {
		t.Fatalf("there are %d endpoints, want two with different paths", len(all))
	}
	before := all[0].Calls.Calls()
	joined := all[0].Join(nil, "/users/{id}").Join(all[1], "/users/{id}")
	if joined.Path != "/users/{id}" || joined.Calls.Calls() != 2 || all[0].Calls.Calls() != before {
		t.Errorf("%s has %d calls, and its first part %d", joined.Path, joined.Calls.Calls(), all[0].Calls.Calls())
	}
	parameters := joined.Parameters(jsonschema.Config{Plain: true})
	if len(parameters) != 1 || parameters[0].Name != "id" || parameters[0].Schema.Text("type") != "string" {
		t.Errorf("the parameters are %+v", parameters)
	}
}

// The id of an endpoint is the same in every model.
func TestID(t *testing.T) {
	t.Parallel()
	e := endpoints.Endpoint{Method: "GET", Host: "a.test", Path: "/users"}
	if got, want := e.ID(), "fb55ddb145a73967"; got != want {
		t.Errorf("the id is %s, want %s", got, want)
	}
}

func TestSubject(t *testing.T) {
	t.Parallel()
	e := endpoints.Endpoint{Path: "/users/{userId}/passwords"}
	if got, want := e.Subject(true), (jsonschema.Subject{Name: "Password", Secret: true, Error: true}); got != want {
		t.Errorf("the subject is %+v, want %+v", got, want)
	}
}
