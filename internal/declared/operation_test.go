package declared

import "testing"

func TestMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		declared, mediaType string
		want                int
	}{
		{"application/json", "application/json", 0},
		{"Application/JSON; charset=utf-8", "application/json", 0},
		{"application/*+json", "application/hal+json", 1},
		{"application/*+json", "application/json", 4},
		{"text/*", "text/csv", 2},
		{"*/*", "text/csv", 3},
		{"application/json", "application/hal+json", 4},
	} {
		if got := match(c.declared, c.mediaType); got != c.want {
			t.Errorf("%s matches %s as %d, want %d", c.mediaType, c.declared, got, c.want)
		}
	}
}
