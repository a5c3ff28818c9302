package toolbox_test

import (
	"strings"
	"testing"
)

func TestSlowOrFailing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name      string
		arguments map[string]string
		want      string // the first lines
	}{
		{"failing", map[string]string{"by": "failing"}, `13 endpoints, those that fail most first:
POST "/api/books/": 49 calls, 32.7% failed (400 14, 401 2); ms p50 27.9 p95 262 p99 550
`},
		{"failing with a status", map[string]string{"by": "failing", "status": "404", "method": "GET"},
			`4 endpoints, those that fail most first:
GET "/api/users/{pk}/": 54 calls, 7.41% failed (404 4); ms p50 34.1 p95 59.7 p99 530
`},
		{"slow", map[string]string{"by": "slow", "min_calls": "100"}, `2 endpoints, the slowest first:
GET "/api/books/{pk}/": 120 calls, 6.67% failed (404 5, 401 3); ms p50 32.1 p95 100 p99 219
GET "/api/books/": 150 calls, 6% failed (401 9); ms p50 32.1 p95 59.7 p99 529
`},
		{"none", map[string]string{"by": "failing", "status": "5xx"},
			"No endpoint is failing in these calls: leave out an argument to see more.\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := ask(t, shop(t), "find_slow_or_failing", test.arguments); !strings.HasPrefix(got, test.want) {
				t.Errorf("got\n%s", got)
			}
		})
	}
}
