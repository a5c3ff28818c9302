package toolbox_test

import (
	"strings"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name      string
		arguments map[string]string
		want      []string // lines of the answer, in order, from the first one
	}{
		{"the overview comes first", nil, []string{
			"20 endpoints, 1000 calls from 2026-01-05T09:00Z to 2026-01-05T09:07Z, 7.93% of calls to endpoints are errors " +
				"(4xx, 5xx).",
			"Calls of no endpoint: 15 whose path no endpoint has, 1 by a browser for itself",
			`Hosts: "books.example.test" 984 calls, 20 endpoints`,
			"Methods (endpoints): GET 10, POST 5, DELETE 1, HEAD 1, OPTIONS 1, PATCH 1, PUT 1",
			"Authentication (endpoints): api_key 18, cookie 17, none 2",
			"Statuses (endpoints): 200 16, 401 12, 404 6, 201 3, 400 2, 204 1",
			"Endpoints by calls:",
			`GET "/api/books/": 150 calls, 6% errors, p95 59.7 ms, api_key+cookie`,
		}},
		{"by path", map[string]string{"sort": "path", "text": "authors"}, []string{
			"2 of 20 endpoints match.", "Endpoints by path:",
			`GET "/api/authors/": 69 calls, 8.7% errors, p95 58.6 ms, api_key+cookie`,
			`GET "/api/authors/{slug}/": 89 calls, 8.99% errors, p95 58.6 ms, cookie+api_key`,
		}},
		{"filters", map[string]string{"method": "post", "status": "4xx", "auth": "none"}, []string{
			"1 of 20 endpoints match.", "Endpoints by calls:",
			`POST "/api/auth/login/": 26 calls, 23.1% errors, p95 252 ms`,
		}},
		{"by a field", map[string]string{"text": "field:review", "host": "books.example.test"}, []string{
			"0 of 20 endpoints match.", "Leave out an argument, or search for a shorter text.",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := ask(t, shop(t), "search_endpoints", test.arguments)
			if want := strings.Join(test.want, "\n") + "\n"; !strings.HasPrefix(got, want) {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

func TestRecentEndpointsComeFirst(t *testing.T) {
	t.Parallel()
	_, first, _ := strings.Cut(ask(t, shop(t), "search_endpoints", map[string]string{"sort": "recent"}), "by recent:\n")
	var last endpoints.Summary
	for e := range shop(t).set.Matching(endpoints.Filter{}) {
		if s := e.Summary(); s.LastSeen.After(last.LastSeen) {
			last = s
		}
	}
	if want := last.Method + ` "` + last.Path + `":`; !strings.HasPrefix(first, want) {
		t.Errorf("got %.80s, want %s", first, want)
	}
}

func TestOverviewWithoutCalls(t *testing.T) {
	t.Parallel()
	got := ask(t, shelf{set: endpoints.Infer(apimodel.New())}, "search_endpoints", nil)
	if want := "There are no calls yet"; !strings.HasPrefix(got, want) {
		t.Errorf("got %s", got)
	}
}
