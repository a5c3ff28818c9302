package endpoints_test

import (
	"slices"
	"testing"

	"akita/internal/har"
)

// Each row has calls whose route the framework names, others to the same API without it, and the operations.
func TestPathsOfKnownRoutes(t *testing.T) {
	t.Parallel()
	const topic, user = `{"slug":"x","title":"y","datasets":[]}`, `{"login":"x","name":"y","karma":7}`
	of := func(route string, paths ...string) (calls []har.Entry) {
		for _, path := range paths {
			calls = append(calls, call(path, 200, topic, routed(route)))
		}
		return calls
	}
	for name, test := range map[string]struct{ known, others []har.Entry }{
		"a word": {
			known: of("topics/<slug:slug>", "/topics/budget", "/topics/energy"), others: []har.Entry{call("/topics/water", 200, topic)},
		},
		"words that nothing else is called below": {
			known:  of("repos/<str:owner>/<str:repo>/runs", "/repos/acme/website/runs", "/repos/globex/tools/runs"),
			others: []har.Entry{call("/repos/wolf/bridge/runs", 200, topic), call("/repos/apron/ladder/runs", 200, topic)},
		},
		"an ending that is a part of the value": {
			known:  of("files/<str:name>", "/files/report.pdf", "/files/letter"),
			others: []har.Entry{call("/files/8f14e45f-ceea-467f-a0e6-b2d5c2b5d3a1.pdf", 200, topic)},
		},
		"a word before an ending of the route": {
			known: of("feeds/<slug:section>.xml", "/feeds/sport.xml", "/feeds/arts.xml"), others: []har.Entry{call("/feeds/politics.xml", 200, topic)},
		},
		"a refused call": {
			known: of("topics/<slug:slug>", "/topics/budget", "/topics/energy"), others: []har.Entry{call("/topics/water", 403, `{"detail":"no"}`)},
		},
		"a version": {
			known: of("firmware/<str:version>", "/firmware/3.0.27", "/firmware/3.1.4"), others: []har.Entry{call("/firmware/3.0.29", 200, topic)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := operations(test.known)
			if got := operations(slices.Concat(test.known, test.others)); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	for name, test := range map[string]struct {
		known  []har.Entry
		others har.Entry
		want   string
	}{
		"a word that answers otherwise":     {of("topics/<slug:slug>", "/topics/budget", "/topics/energy"), call("/topics/people", 200, user), "GET /topics/people"},
		"the caller":                        {of("users/<slug:name>", "/users/ann", "/users/bob"), call("/users/me", 200, topic), "GET /users/me"},
		"a word beside numbers":             {of("users/<int:pk>", "/users/7", "/users/8"), call("/users/archive", 200, topic), "GET /users/archive"},
		"a word beside UUIDs":               {of("runs/<uuid:pk>", "/runs/8f14e45f-ceea-467f-a0e6-b2d5c2b5d3a1"), call("/runs/totals", 200, topic), "GET /runs/totals"},
		"a route that takes any path":       {of("<slug:page>", "/welcome", "/imprint"), call("/status-page", 200, topic), "GET /status-page"},
		"a method that the route has not":   {of("topics/<slug:slug>", "/topics/budget"), call("/topics/water", 200, topic, withMethod("PUT")), "PUT /topics/water"},
		"a path that nobody has ever found": {of("topics/<slug:slug>", "/topics/budget"), call("/topics/wp-login", 404, ""), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := operations(test.known)
			if test.want != "" {
				want = append(want, test.want)
				slices.Sort(want)
			}
			if got := operations(append(test.known, test.others)); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
