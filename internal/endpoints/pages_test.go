package endpoints_test

import (
	"slices"
	"testing"

	"akita/internal/endpoints"
	"akita/internal/har"
)

// page makes a call answered with a page.
func page(text string) func(*har.Entry) {
	return func(e *har.Entry) { e.Response.Body = &har.Body{MediaType: "text/html", Text: text} }
}

// A path that is answered with the page that any path is answered with is not an endpoint, whichever
// of them was called first.
func TestPages(t *testing.T) {
	t.Parallel()
	app := page("<!doctype html><div id=app></div>")
	users := call("/api/users", 200, `[{"id":1,"name":"x"}]`)
	for name, test := range map[string]struct {
		calls     []har.Entry
		want      []string
		unmatched uint64
	}{
		"an application of one page": {
			calls: []har.Entry{
				users, call("/wp-admin", 200, "", app), call("/.env", 200, "", app), call("/", 200, "", app),
				call("/old/backup", 200, "", app), call("/api/users/anna", 200, "", app), call("/users/17", 200, "", app),
				call("/wp-admin", 404, ""),
			},
			want:      []string{"GET /", "GET /api/users"},
			unmatched: 6,
		},
		"pages of their own": {
			calls: []har.Entry{
				users, call("/", 200, "", page("<p>home")), call("/about", 200, "", page("<p>about")),
				call("/contact", 200, "", page("<p>contact")), call("/terms", 200, "", page("<p>terms")),
			},
			want: []string{"GET /", "GET /about", "GET /api/users", "GET /contact", "GET /terms"},
		},
		"a page under two names": {
			calls: []har.Entry{call("/", 200, "", app), call("/index.html", 200, "", app)},
			want:  []string{"GET /", "GET /index.html"},
		},
		"a page that also answers with data": {
			calls: []har.Entry{
				call("/users", 200, `[{"id":1,"name":"x"}]`), call("/users", 200, "", app), call("/a", 200, "", app),
				call("/b", 200, "", app), call("/c", 200, "", app), call("/d", 200, "", app),
			},
			want:      []string{"GET /users"},
			unmatched: 4,
		},
		"a form at such a path": {
			calls: []har.Entry{
				call("/login", 200, `{"ok":true,"by":"x"}`, sends(`{"name":"x"}`)), call("/login", 200, "", app),
				call("/a", 200, "", app), call("/b", 200, "", app), call("/c", 200, "", app),
			},
			want:      []string{"POST /login"},
			unmatched: 4,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range 2 {
				if got := operations(test.calls); !slices.Equal(got, test.want) {
					t.Errorf("got %q, want %q", got, test.want)
				}
				if got := model(test.calls).Overview(endpoints.Filter{}).Unmatched; got != test.unmatched {
					t.Errorf("%d calls matched nothing, want %d", got, test.unmatched)
				}
				slices.Reverse(test.calls)
			}
		})
	}
}
