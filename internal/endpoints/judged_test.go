package endpoints_test

import (
	"slices"
	"testing"

	"akita/internal/har"
)

// What was refused or not found leaves a word that answers as it is.
func TestGuessesBesideWords(t *testing.T) {
	t.Parallel()
	const list = `[{"id":1,"name":"x"}]`
	guesses := func(prefix string, status int, words ...string) (calls []har.Entry) {
		for _, word := range words {
			calls = append(calls, call(prefix+word, status, `{"detail":"x"}`))
		}
		return calls
	}
	people := []string{"amber", "birch", "cedar", "dune", "elm"}
	for name, test := range map[string]struct {
		calls []har.Entry
		want  []string
	}{
		"words that are not found": {
			calls: append(guesses("/api/", 404, people...), call("/api/users", 200, list)),
			want:  []string{"GET /api/users"},
		},
		"words and numbers that are not found": {
			calls: append(guesses("/api/", 404, "amber", "birch", "cedar", "1", "2"), call("/api/users", 200, list)),
			want:  []string{"GET /api/users"},
		},
		"words that are blocked": {
			calls: append(guesses("/api/", 403, append(people, "1", "2")...), call("/api/users", 200, list)),
			want:  []string{"GET /api/users", "GET /api/{api}"},
		},
		"a word that is refused, beside numbers that are not found": {
			calls: append(guesses("/api/", 404, "1", "2", "3"), call("/api/users", 200, list), call("/api/admin", 403, "")),
			want:  []string{"GET /api/admin", "GET /api/users"},
		},
		"users to whom nothing new can be done": {
			calls: append(guesses("/users/", 409, people...), call("/users/fir", 200, `{"login":"x","id":1}`)),
			want:  []string{"GET /users/{user}"},
		},
		"users whose requests are invalid": {
			calls: append(guesses("/users/", 422, people...), call("/users/fir", 200, `{"login":"x","id":1}`)),
			want:  []string{"GET /users/{user}"},
		},
		"a user who is not found": {
			calls: append(guesses("/users/", 404, "fir"), call("/users/amber", 200, `{"login":"x","id":1}`),
				call("/users/birch", 200, `{"login":"x","id":1}`), call("/users/cedar", 200, `{"login":"x","id":1}`)),
			want: []string{"GET /users/{user}"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := operations(test.calls); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
