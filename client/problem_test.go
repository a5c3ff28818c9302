package client_test

import (
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"akita/client"
)

func TestProblem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name      string
		mediaType string
		status    int
		body      string
		want      client.Problem
		message   string
	}{
		{
			"problem details", "application/problem+json", 404,
			`{"type": "about:blank", "title": "Not Found", "status": 404,
			  "detail": "There is no project \"shop\".", "code": "project_not_found"}`,
			client.Problem{Status: 404, Title: "Not Found", Detail: `There is no project "shop".`, Code: "project_not_found"},
			`404 Not Found: There is no project "shop".`,
		},
		{
			"wrong fields", "application/problem+json; charset=utf-8", 400,
			`{"title": "Bad Request", "status": 400, "detail": "Correct the fields.", "code": "invalid_request",
			  "errors": [{"field": "name", "detail": "is empty"}]}`,
			client.Problem{
				Status: 400, Title: "Bad Request", Detail: "Correct the fields.", Code: "invalid_request",
				Errors: []client.FieldError{{Field: "name", Detail: "is empty"}},
			},
			"400 Bad Request: Correct the fields.; name: is empty",
		},
		{
			"a proxy's page", "text/html", 502, "<h1>Bad gateway</h1>" + strings.Repeat("x", 1000),
			client.Problem{Status: 502, Title: "Bad Gateway", Detail: "<h1>Bad gateway</h1>" + strings.Repeat("x", 280)},
			"502 Bad Gateway: <h1>Bad gateway</h1>",
		},
		{
			"broken problem details", "application/problem+json", 500, `{"title": "Inte`,
			client.Problem{Status: 500, Title: "Internal Server Error", Detail: `{"title": "Inte`},
			`500 Internal Server Error: {"title": "Inte`,
		},
		{
			"nothing", "", 503, "",
			client.Problem{Status: 503, Title: "Service Unavailable"},
			"503 Service Unavailable",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				answer(w, test.mediaType, test.status, test.body)
			}, client.Config{})
			_, err := c.CreateProject(t.Context(), "shop")
			problem, ok := errors.AsType[*client.Problem](err)
			if !ok {
				t.Fatalf("got %v, want a problem", err)
			}
			if !reflect.DeepEqual(*problem, test.want) {
				t.Errorf("got %+v\nwant %+v", *problem, test.want)
			}
			if want := "POST /api/v1/projects: " + test.message; !strings.HasPrefix(err.Error(), want) {
				t.Errorf("got %q, want %q first", err, want)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7")
		answer(w, "application/problem+json", http.StatusTooManyRequests, `{"code": "too_many_attempts"}`)
	}, client.Config{})
	problem, ok := errors.AsType[*client.Problem](c.LogIn(t.Context(), "ada", "guess"))
	if !ok || problem.RetryAfter != 7*time.Second {
		t.Errorf("got %+v", problem)
	}
}
