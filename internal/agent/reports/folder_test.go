package reports

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestAnyProjectHasAFile(t *testing.T) {
	t.Parallel()
	f := folder{dir: t.TempDir()}
	seen := make(map[string]string)
	for _, project := range []string{"shop", "../shop", "a/b", "con", strings.Repeat("x", 300), "ü", ""} {
		path := f.path(project)
		if filepath.Dir(path) != f.dir || seen[path] != "" {
			t.Errorf("%q has the file %s, as %q", project, path, seen[path])
		}
		seen[path] = project + " "
	}
	if f.path("Shop") != f.path("shop") {
		t.Error("case matters")
	}
}
