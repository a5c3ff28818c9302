package main

import (
	"slices"
	"strings"
	"testing"
)

// document has one operation with two requests.
const document = `{
	"openapi": "3.1.0",
	"paths": {
		"/v1/projects/{project_id}": {
			"get": {
				"x-akita-traffic": {"requests": 2},
				"requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["q"]}}}},
				"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Project"}}}}}
			}
		}
	},
	"components": {"schemas": {"Project": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]}}}
}`

func get(template string, status int, response string) call {
	return call{
		Method: "GET", Path: "/v1/projects/7", Template: template, Status: status,
		Response: &body{MediaType: "application/json", Content: []byte(response)},
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	const route = "/v1/projects/{}"
	good := get(route, 200, `{"id": 7}`)
	withRequest := func(status int, content string) call {
		one := get(route, status, `{"id": 7}`)
		one.Request = &body{MediaType: "application/json", Content: []byte(content)}
		return one
	}
	for name, c := range map[string]struct {
		calls    []call
		problems []string // a part of each
	}{
		"everything matches":    {[]call{good, withRequest(200, `{"q": 1}`)}, nil},
		"an operation missing":  {[]call{good, good, get("/v1/me", 200, `{}`)}, []string{"GET /v1/me is missing"}},
		"another number":        {[]call{good}, []string{"has 2 requests in the document, 1 were sent"}},
		"an operation too many": {[]call{get("/v1/me", 200, `{}`)}, []string{"GET /v1/me is missing", "was not called"}},
		"an invalid response":   {[]call{good, get(route, 200, `{"id": "7"}`)}, []string{"the response 200 is not valid"}},
		"an unknown response":   {[]call{good, get(route, 404, `{}`)}, []string{"no schema for the response 404"}},
		"an invalid request":    {[]call{good, withRequest(200, `{}`)}, []string{"the request is not valid"}},
		"a response that is not JSON": {
			[]call{good, get(route, 200, `<html>`)}, []string{"the response 200 is not JSON"},
		},
	} {
		r, err := compare(c.calls, []byte(document))
		if err != nil {
			t.Fatal(err)
		}
		ok := slices.EqualFunc(r.problems, c.problems, strings.Contains)
		if !ok || (r.failure() == nil) != (len(c.problems) == 0) {
			t.Errorf("%s: problems %q, want %q", name, r.problems, c.problems)
		}
	}
}
