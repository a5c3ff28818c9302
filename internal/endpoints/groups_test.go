package endpoints

import (
	"strings"
	"testing"
)

// Words beside one another, and the groups that they are in.
func TestGroups(t *testing.T) {
	t.Parallel()
	answers := map[string]string{
		"user": `{"id":1,"name":"x","email":"y"}`,
		"team": `{"left":1,"sold":2}`,
		"ok":   ``,
	}
	tests := map[string]struct{ calls, want string }{
		"two kinds":                            {"/a user, /b team, /c user, /d team", "a c | b d"},
		"a word that both others are like":     {"/a/x user, /b/x user, /b/y team, /c/y team", "a b c"},
		"a pronoun is in no group":             {"/a user, /me user", "a"},
		"a collection is in no group":          {"/a user, /b user, /b/7 user", "a"},
		"words that lead to values are in one": {"/a/7 user, /b/8 user", "a b"},
		"of words alone nothing more is known": {"/a ok, /b ok", "a b"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, g := range placeOf(t, test.calls, answers).groups() {
				got = append(got, strings.Join(g.words, " "))
			}
			if got := strings.Join(got, " | "); got != test.want {
				t.Errorf("the groups are %q, want %q", got, test.want)
			}
		})
	}
}
