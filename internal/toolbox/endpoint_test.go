package toolbox_test

import (
	"strings"
	"testing"
)

func TestEndpoint(t *testing.T) {
	t.Parallel()
	const want = `GET "/api/books/" (id de90c4a11b4c3dbb)
Calls: 150 from 2026-01-05T09:00Z to 2026-01-05T09:07Z, errors 6%
Statuses (calls): 200 141, 401 9
Authentication (calls): api_key 73, cookie 68, none 9
Latency in ms: p50 32.1, p90 58.6, p95 59.7, p99 529, max 570
Hosts: "books.example.test"
Parameter in query "in_stock"?: boolean, in 37 of 141
Parameter in query "ordering"?: string "-price"|"price"|"published", in 56 of 141
Parameter in query "page"?: integer, in 84 of 141
Parameter in query "page_size"?: integer, in 35 of 141
Parameter in query "search"?: string, in 44 of 141
Parameter in query "tag"?: array of string, in 28 of 141
Response 200: 141, p95 59.7 ms; bodies: "application/json" 141 (p95 up to 2047 bytes)
Response 401: 9, p95 54 ms; bodies: "application/json" 9 (p95 up to 63 bytes)
`
	for _, name := range []string{
		"GET /api/books/", "get /api/books/", `GET "/api/books/"`, "de90c4a11b4c3dbb", "GET books.example.test/api/books/",
		`GET "books.example.test" "/api/books/"`,
	} {
		if got := ask(t, shop(t), "get_endpoint", map[string]string{"endpoint": name}); got != want {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
}

func TestEndpointThatIsNot(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"POST /api/authors":  `There is no such endpoint. Similar ones: GET "/api/authors/" id `,
		"TRACE /api/books/1": `There is no such endpoint. Similar ones: DELETE "/api/books/{pk}/" id `,
		"/api/stats/daily/":  `There is no such endpoint. Similar ones: GET "/api/stats/daily/" id `,
		"GET /api/invoices/": "There is no such endpoint: find it with search_endpoints, and name it as it is listed there.",
	} {
		_, err := tryAsk(t, shop(t), "get_endpoint", map[string]string{"endpoint": name})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: error %v, want %s", name, err, want)
		}
	}
}

func TestPathOfACallNamesItsEndpoint(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"GET /api/books/17/":          `GET "/api/books/{pk}/"`,
		"get /api/books/17":           `GET "/api/books/{pk}/"`,
		"GET /api/books/17/reviews/4": `GET "/api/books/{pk}/reviews/{review_pk}/"`,
		"GET /api/books":              `GET "/api/books/"`,
		"GET /api/users/me/":          `GET "/api/users/me/"`, // and not a user whose id is "me"
	} {
		if got := ask(t, shop(t), "get_endpoint", map[string]string{"endpoint": name}); !strings.HasPrefix(got, want+" (id ") {
			t.Errorf("%s: got %.60s", name, got)
		}
	}
}
