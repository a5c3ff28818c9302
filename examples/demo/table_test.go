package main

import (
	"strings"
	"testing"

	"akita/client"
)

func TestPrintModel(t *testing.T) {
	t.Parallel()
	users := client.Endpoint{
		Method:    "GET",
		Path:      "/api/users/{pk}/",
		Requests:  8,
		ErrorRate: 0.25,
		Auth:      []string{"bearer", "cookie"},
	}
	users.Latency.P50, users.Latency.P95 = 1.25, 20
	feed := client.Endpoint{Method: "GET", Path: "/feed.xml", Requests: 120}
	var out strings.Builder
	if err := printModel(&out, client.Model{Endpoints: []client.Endpoint{users, feed}, Unmatched: 3}); err != nil {
		t.Fatal(err)
	}
	want := `
METHOD  PATH              CALLS  ERRORS  AUTH            P50 ms  P95 ms
GET     /api/users/{pk}/  8      25 %    bearer, cookie  1.2     20.0
GET     /feed.xml         120    0 %     none            0.0     0.0
        (no endpoint)     3                                      

`
	if out.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", out.String(), want)
	}
}
