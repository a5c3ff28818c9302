package endpoints_test

import (
	"slices"
	"testing"

	"akita/internal/endpoints"
	"akita/internal/har"
)

func TestRedirects(t *testing.T) {
	t.Parallel()
	const user = `{"id":1,"name":"x"}`
	for name, test := range map[string]struct {
		calls []har.Entry
		want  []string
	}{
		"to the slash": {
			calls: []har.Entry{
				call("/users", 301, ""), call("/users/", 200, "["+user+"]"),
				call("/users/7", 301, ""), call("/users/7/", 200, user),
			},
			want: []string{"GET /users/", "GET /users/{userId}/"},
		},
		"from the slash": {
			calls: []har.Entry{call("/users/", 308, ""), call("/users", 200, "["+user+"]")},
			want:  []string{"GET /users"},
		},
		"both answer": {
			calls: []har.Entry{call("/users/", 200, user), call("/users", 200, "["+user+"]"), call("/users", 301, "")},
			want:  []string{"GET /users", "GET /users/"},
		},
		"another method": {
			calls: []har.Entry{call("/login", 302, ""), call("/login/", 200, user, sends(`{"a":1}`))},
			want:  []string{"GET /login", "POST /login/"},
		},
		"a redirect of its own": {
			calls: []har.Entry{call("/latest", 302, ""), call("/users", 200, user)},
			want:  []string{"GET /latest", "GET /users"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := operations(test.calls); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			var calls uint64
			for _, e := range model(test.calls).Overview(endpoints.Filter{}).Endpoints {
				calls += e.Requests
			}
			if calls != uint64(len(test.calls)) {
				t.Errorf("%d calls are counted, want %d", calls, len(test.calls))
			}
		})
	}
}
