package endpoints

import "testing"

// The verdict on /a and /b, from what was called at and below them.
func TestCompare(t *testing.T) {
	t.Parallel()
	answers := map[string]string{
		"user": `{"id":1,"name":"x","email":"y"}`,
		"team": `{"left":1,"sold":2}`,
		"one":  `{"id":1}`,
		"list": `[{"id":1,"name":"x","email":"y"}]`,
		"ok":   ``,
		"text": `"x"`,
	}
	tests := map[string]struct {
		calls string
		want  verdict
	}{
		"the same fields":                   {"/a user, /b user", similar},
		"a list of the same":                {"/a list, /b list", similar},
		"other fields":                      {"/a user, /b team", different},
		"one field each":                    {"/a one, /b one", unknown},
		"no bodies":                         {"/a ok, /b ok", weak},
		"a file and nothing":                {"/a text, /b ok", unknown},
		"the same below":                    {"/a/x user, /b/x user", similar},
		"other things below":                {"/a/x user, /b/x team", different},
		"alike, and other things below":     {"/a user, /b user, /a/x user, /b/x team", different},
		"alike, and more of the same below": {"/a user, /b user, /a/x user, /b/x user, /a/y team, /b/y user", similar},
		"different, and the same below":     {"/a user, /b team, /a/x user, /b/x user", different},
		"nothing in common":                 {"/a/x user, /b user", unknown},
		"with and without a trailing slash": {"/a/ user, /b user", similar},
		"words below that are not the same": {"/a/x user, /b/y user", weak},
		"words below that answer otherwise": {"/a/x user, /b/y team", different},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := placeOf(t, test.calls, answers)
			a, b := root.literals["a"], root.literals["b"]
			for _, pair := range [][2]*place{{a, b}, {b, a}} {
				if got := compare(pair[0], pair[1]); got != test.want {
					t.Errorf("the verdict is %d, want %d", got, test.want)
				}
			}
		})
	}
}
