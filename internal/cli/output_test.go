package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOutput(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	absent := filepath.Join(dir, "x")
	for name, c := range map[string]struct {
		output string
		code   int
		stderr string
	}{
		"a file":          {filepath.Join(dir, "api.yaml"), 0, ""},
		"standard output": {"-", 0, ""},
		"a directory":     {dir, 2, "akita: cannot write " + dir + ": it is a directory; name a file in it\n"},
		"an absent directory": {
			filepath.Join(absent, "api.yaml"), 2,
			"akita: cannot write " + filepath.Join(absent, "api.yaml") + ": there is no directory " + absent + "\n",
		},
		"a full device": {"/dev/full", 1, "akita: write the document: write /dev/full: no space left on device\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := os.Stat(c.output); strings.HasPrefix(c.output, "/dev/") && err != nil {
				t.Skipf("this system has no %s", c.output)
			}
			code, _, stderr := run(t, archive(call), "model", "build", "-", "-o", c.output)
			if code != c.code || stderr != c.stderr {
				t.Errorf("exit code %d, stderr %q; want %d, %q", code, stderr, c.code, c.stderr)
			}
		})
	}
}
