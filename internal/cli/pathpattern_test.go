package cli

import "testing"

func TestPathPattern(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		matches, others []string
	}{
		"/v1":              {[]string{"/v1", "/v1/", "/v1/users", "//v1/users"}, []string{"/v10", "/api/v1", "/", ""}},
		"/v1/":             {[]string{"/v1", "/v1/users"}, []string{"/v10"}},
		"/":                {[]string{"/", "/users", ""}, nil},
		"/v1/users":        {[]string{"/v1/users", "/v1/users/7"}, []string{"/v1", "/v1/usersets"}},
		"/api/*/users":     {[]string{"/api/v1/users", "/api/2/users/7"}, []string{"/api/users", "/api/v1/x/users"}},
		"/api/**/export":   {[]string{"/api/export", "/api/a/export", "/api/a/b/export/7"}, []string{"/api/a", "/export"}},
		"/reports/*.csv":   {[]string{"/reports/7.csv", "/reports/.csv"}, []string{"/reports/7.pdf", "/reports"}},
		"/reports/a*b*c":   {[]string{"/reports/abc", "/reports/axxbxbxc"}, []string{"/reports/acb"}},
		"/a%20b":           {[]string{"/a b"}, []string{"/a%20b"}},
		"/100%":            {[]string{"/100%"}, nil},
		"/users/*/avatar*": {[]string{"/users/7/avatar", "/users/7/avatar.png"}, []string{"/users/7"}},
	}
	for text, test := range tests {
		p, err := parsePath(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		for want, paths := range map[bool][]string{true: test.matches, false: test.others} {
			for _, path := range paths {
				if got := p.matches(path); got != want {
					t.Errorf("%q and %q: %t, want %t", text, path, got, want)
				}
			}
		}
	}
	const want = `--path "v1" does not start with a slash: write "/v1", "/v1/users" or "/api/*/users"`
	if _, err := parsePath("v1"); err == nil || err.Error() != want {
		t.Errorf("without a slash: %v, want %q", err, want)
	}
}
