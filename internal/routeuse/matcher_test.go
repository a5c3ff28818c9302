package routeuse

import (
	"strings"
	"testing"
)

func TestPatternFits(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		template, path string
		tail           bool
		words          int
		fits           bool
	}{
		{"/a/b", "/a/b", false, 3, true},
		{"/a/{}", "/a/b", false, 2, true},
		{"/a/{}", "/a/{}", false, 3, true},
		{"/a/{}", "/a/", false, 0, false},
		{"/a/{}", "/a/b/c", false, 0, false},
		{"/a/{}", "/a/b/c", true, 2, true},
		{"/a/{}", "/a", true, 0, false},
		{"/a/{}.{}", "/a/b.csv", false, 2, true},
		{"/a/{}.csv", "/a/.csv", false, 0, false},
		{"/a/v{}", "/a/b", false, 0, false},
	} {
		p := pattern{segments: strings.Split(test.template, "/")}
		words, fits := p.fit(strings.Split(test.path, "/"), test.tail)
		if words != test.words || fits != test.fits {
			t.Errorf("%s for %s: %d words, %v", test.template, test.path, words, fits)
		}
	}
}
