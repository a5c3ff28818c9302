package toolbox_test

import (
	"strings"
	"testing"
)

// call is a call of a tool by an agent.
type call struct {
	tool      string
	arguments map[string]string
}

// maxCalls is how many calls a question may need.
const maxCalls = 3

// TestQuestionsAboutTheShop asks what a developer asks, and names what the answers must say. The truth is
// that of test/accuracy/apis/bookshop.go, which makes the traffic.
func TestQuestionsAboutTheShop(t *testing.T) {
	t.Parallel()
	search := func(arguments ...string) call { return call{"search_endpoints", pairs(arguments)} }
	endpoint := func(name string) call { return call{"get_endpoint", pairs([]string{"endpoint", name})} }
	types := func(name string, more ...string) call {
		return call{"get_types", pairs(append([]string{"endpoint", name}, more...))}
	}
	field := func(name string, more ...string) call {
		return call{"find_field", pairs(append([]string{"name", name}, more...))}
	}
	findings := func(tool string, arguments ...string) call { return call{tool, pairs(arguments)} }
	trouble := func(arguments ...string) call { return call{"find_slow_or_failing", pairs(arguments)} }
	for _, test := range []struct {
		question string
		calls    []call
		facts    []string
	}{
		{"How many endpoints does the API have, and at which host?", []call{search()},
			[]string{"20 endpoints, 1000 calls", `Hosts: "books.example.test"`}},
		{"Which endpoint is called most?", []call{search("sort", "calls")},
			[]string{"Endpoints by calls:\n" + `GET "/api/books/": 150 calls`}},
		{"How do clients authenticate?", []call{search()},
			[]string{"Authentication (endpoints): api_key 18, cookie 17, none 2"}},
		{"Which endpoints answer without credentials only?", []call{search("auth", "none", "status", "200", "sort", "path"),
			endpoint("GET /api/stats/daily/"), endpoint("POST /api/auth/login/")},
			[]string{"Authentication (calls): none 24", "Authentication (calls): none 26"}},
		{"How do I log in, and what comes back?", []call{search("text", "login"), types("POST /api/auth/login/")},
			[]string{` "username": string`, ` "password": string`, "200 \"application/json\", 20 bodies: object\n \"token\": string"}},
		{"What does a failed log-in answer?", []call{types("POST /api/auth/login/", "status", "4xx")},
			[]string{`400 "application/json", 6 bodies: object`, ` "non_field_errors": array of string`}},
		{"What do I send to create a book?", []call{types("POST /api/books/", "part", "request")},
			[]string{` "isbn": string`, ` "price": string decimal`, ` "author": integer or null`, ` "subtitle"?: string, in 9 of 33`}},
		{"Which formats does a book have?", []call{field("format", "method", "GET")},
			[]string{`GET "/api/books/{pk}/" 200 "application/json" "format": string "audiobook"|"ebook"|"hardcover"|"paperback"`}},
		{"Can the author of a book be null?", []call{types("GET /api/books/{pk}/", "status", "200")},
			[]string{` "author": object or null (`}},
		{"How often does a book have a series?", []call{types("POST /api/books/", "status", "201")},
			[]string{` "series"?: object, in 7 of 33`, `  "volume": integer`}},
		{"How can the list of books be sorted and filtered?", []call{endpoint("GET /api/books/")},
			[]string{`"ordering"?: string "-price"|"price"|"published"`, `"in_stock"?: boolean`, `"tag"?: array of string`}},
		{"Which lists are paged by page_size?", []call{field("page_size", "place", "parameter")},
			[]string{`GET "/api/authors/" query`, `GET "/api/books/" query`, `GET "/api/books/{pk}/reviews/" query`, `GET "/api/users/" query`}},
		{"Where do e-mail addresses of users appear?", []call{field("email")},
			[]string{`GET "/api/users/" 200 "application/json" "results"[]."email": string email`,
				`GET "/api/users/me/" 200 "application/json" "email": string email`,
				`GET "/api/users/{pk}/" 200 "application/json" "email": string email`}},
		{"Which endpoints take files?", []call{search("text", "media:multipart"), types("POST /api/books/{pk}/cover/")},
			[]string{"1 of 20 endpoints match.", `request "multipart/form-data"`, ` "image": string binary`}},
		{"Which endpoint fails most?", []call{trouble("by", "failing")},
			[]string{"fail most first:\n" + `POST "/api/books/": 49 calls, 32.7% failed (400 14, 401 2)`}},
		{"Are there any server errors?", []call{trouble("by", "failing", "status", "5xx")},
			[]string{"No endpoint is failing in these calls"}},
		{"Which endpoints are slowest?", []call{trouble("by", "slow")},
			[]string{"the slowest first:\n" + `GET "/api/books/{pk}/reviews/"`, "p95 308"}},
		{"What does deleting a book answer?", []call{search("method", "DELETE"), endpoint("DELETE /api/books/{pk}/")},
			[]string{`DELETE "/api/books/{pk}/"`, "Response 204: 13", `Parameter in path "pk": integer`}},
		{"Which permissions may a user have?", []call{types("GET /api/users/me/")},
			[]string{` "permissions": array of string "delete"|"read"|"write"`}},
		{"What are the daily statistics keyed by?", []call{types("GET /api/stats/daily/")},
			[]string{` "by_author": object`, `  any key: object`, `   "revenue": string decimal`}},
		{"Is the text of a review required?", []call{types("POST /api/books/{pk}/reviews/", "part", "request")},
			[]string{` "stars": integer`, ` "text"?: string`}},
		{"Which endpoints does the document not have?", []call{findings("list_drift", "kind", "undocumented", "method", "GET")},
			[]string{`undocumented operation GET "/api/stats/daily/": "`}},
		{"What does the document declare that nobody calls?", []call{findings("list_drift", "kind", "unseen")},
			[]string{`unseen operation GET "/api/wishlists/"`}},
		{"Where do calls contradict the document?", []call{findings("list_drift", "kind", "mismatched")},
			[]string{`mismatched auth POST "/api/auth/login/" "request.auth" = "none": "accepted without credentials`}},
		{"Which endpoints has no test called?", []call{findings("list_untested")},
			[]string{`untested operation GET "/api/stats/daily/"`, `untested operation DELETE "/api/books/{pk}/"`, "in 24 of"}},
		{"What of deleting is not tested?", []call{findings("list_untested", "method", "DELETE")},
			[]string{`untested operation DELETE "/api/books/{pk}/"`}},
		{"Which routes are dead?", []call{findings("list_dead_routes", "state", "dead")},
			[]string{`dead GET "/api/wishlists/" view "shop.views.Wishlists": 0 calls`}},
		{"What answers without being a route?", []call{findings("list_dead_routes", "state", "shadow")},
			[]string{`shadow GET "/api/stats/daily/" at "books.example.test": 24 calls`}},
		{"How many routes are called?", []call{findings("list_dead_routes")}, []string{"called 19"}},
	} {
		t.Run(test.question, func(t *testing.T) {
			t.Parallel()
			if len(test.calls) > maxCalls {
				t.Errorf("%d calls, want at most %d", len(test.calls), maxCalls)
			}
			var answers strings.Builder
			for _, c := range test.calls {
				answers.WriteString(ask(t, shop(t), c.tool, c.arguments))
			}
			for _, fact := range test.facts {
				if !strings.Contains(answers.String(), fact) {
					t.Errorf("the answers do not say %q:\n%s", fact, answers.String())
				}
			}
		})
	}
}

// pairs makes a map of names and values in turn.
func pairs(list []string) map[string]string {
	m := make(map[string]string)
	for i := 0; i < len(list); i += 2 {
		m[list[i]] = list[i+1]
	}
	return m
}
