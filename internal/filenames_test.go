package internal_test

import (
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// On a disk that ignores case (macOS, Windows), names that differ only in case
// are the same file.
func TestFileNamesDifferInMoreThanCase(t *testing.T) {
	t.Parallel()
	args := []string{"-C", "..", "ls-files", "-z", "--cached", "--others", "--exclude-standard"}
	cmd := exec.CommandContext(t.Context(), "git", args...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	files := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	for _, pair := range caseClashes(files) {
		t.Errorf("%s and %s differ only in case: rename one", pair[0], pair[1])
	}
}

func TestCaseClashes(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		files []string
		want  [][2]string
	}{
		"different names":            {[]string{"a/Tree.ts", "a/Types.ts"}, nil},
		"the same name elsewhere":    {[]string{"a/Tree.ts", "b/tree.ts"}, nil},
		"one name, two extensions":   {[]string{"a/tree.ts", "a/tree.test.ts"}, nil},
		"a hidden file":              {[]string{".env", "Env.ts"}, nil},
		"only case":                  {[]string{"a/Tree.ts", "a/tree.ts"}, [][2]string{{"a/Tree", "a/tree"}}},
		"only case and an extension": {[]string{"a/Tree.tsx", "a/tree.ts"}, [][2]string{{"a/Tree", "a/tree"}}},
		"directories":                {[]string{"A/x.ts", "A/y.ts", "a/z.ts"}, [][2]string{{"A", "a"}}},
		"a directory and a file":     {[]string{"Tree/x.ts", "tree.ts"}, [][2]string{{"Tree", "tree"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := caseClashes(tc.files); !slices.Equal(got, tc.want) {
				t.Errorf("caseClashes(%q) = %q, want %q", tc.files, got, tc.want)
			}
		})
	}
}

// caseClashes returns the pairs of paths that differ only in case: directories,
// and files without their extensions, because an import in TypeScript has none.
func caseClashes(files []string) [][2]string {
	var clashes [][2]string
	seen := make(map[string]string) // by the path in lower case
	for _, file := range files {
		dir, base := path.Split(file)
		stem := base
		if dot := strings.Index(base[1:], "."); dot >= 0 { // the dot of a hidden file is part of its name
			stem = base[:1+dot]
		}
		elements := append(strings.FieldsFunc(dir, func(r rune) bool { return r == '/' }), stem)
		for i := range elements {
			p := path.Join(elements[:i+1]...)
			lower := strings.ToLower(p)
			first, known := seen[lower]
			switch {
			case !known:
				seen[lower] = p
			case first != p && !slices.Contains(clashes, [2]string{first, p}):
				clashes = append(clashes, [2]string{first, p})
			}
		}
	}
	return clashes
}
