package names

import "testing"

func TestDomains(t *testing.T) {
	t.Parallel()
	type kinds struct{ domain, subdomain bool }
	for text, want := range map[string]kinds{
		"com": {domain: true}, "social": {domain: true}, "test": {subdomain: true}, "uk": {subdomain: true},
		"json": {}, "list": {}, "": {},
	} {
		if got := (kinds{IsDomain(text), IsSubdomain(text)}); got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
}
