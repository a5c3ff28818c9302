package witness

import "testing"

func TestMatchesSlashes(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]bool{
		`\d+`: false, `[^/]+`: false, `[^/.]+`: false, `[\w-]+`: false, `a|b`: false, "": false,
		`.*`: true, `.+`: true, `[^.]+`: true, `[\w/]+`: true, `a/b`: true, `(a(b|c/)?)+`: true, `[^a]`: true,
		`(?P=name)`: true, `[`: true, // a pattern that cannot be read may match anything
	} {
		if got := matchesSlashes(pattern); got != want {
			t.Errorf("%q: %v, want %v", pattern, got, want)
		}
	}
}

func TestTakesSlashes(t *testing.T) {
	t.Parallel()
	for converter, want := range map[string]bool{
		"": false, "int": false, "slug": false, "string(length=2)": false, "any(a,b)": false,
		"path": true, "isbn": true, "regex('a/b')": true,
	} {
		if got := takesSlashes(converter); got != want {
			t.Errorf("%q: %v, want %v", converter, got, want)
		}
	}
}

// Brackets and bars count only outside of classes and escapes.
func TestGroupsAndAlternations(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]struct{ group, alternation bool }{
		`abc`:        {},
		`a|b`:        {alternation: true},
		`(a|b)`:      {group: true},
		`(a)|b`:      {group: true, alternation: true},
		`\(a\|b\)`:   {},
		`[(|]`:       {},
		`[]|(]`:      {},
		`[^]|(]`:     {},
		`[^]|(]|x`:   {alternation: true},
		`[a\]|(]`:    {},
		`[a](b)`:     {group: true},
		`((a|b)|c)d`: {group: true},
		`\`:          {},
		`[`:          {},
	} {
		if got := hasGroup(pattern); got != want.group {
			t.Errorf("%q: group %v", pattern, got)
		}
		if got := isAlternation(pattern); got != want.alternation {
			t.Errorf("%q: alternation %v", pattern, got)
		}
	}
}
