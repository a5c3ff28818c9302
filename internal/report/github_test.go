package report

import (
	"regexp"
	"strings"
	"testing"
)

// command is a workflow command with properties, as the runner of GitHub reads it.
var command = regexp.MustCompile(`^::(error|warning|notice) ((?:file=[^,:\r\n]*,)?title=[^,:\r\n]*)::([^\r\n]*)$`)

func TestGitHubCommands(t *testing.T) {
	t.Parallel()
	unescape := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
	for name, r := range everyReport() {
		lines := strings.Split(strings.TrimSuffix(written(t, "github", r, Options{Unseen: true}), "\n"), "\n")
		want := r.printable()
		n := len(want.Findings)
		if r.Coverage != nil && !r.Coverage.IsEnough() {
			n++
		}
		if len(lines) != n+1 {
			t.Fatalf("%s: %d lines, want one for each of %d and a last one", name, len(lines), n)
		}
		for i, line := range lines[:n] {
			got := command.FindStringSubmatch(line)
			if got == nil {
				t.Errorf("%s: no command: %q", name, line)
				continue
			}
			if i < len(want.Findings) && unescape.Replace(got[3]) != sentence(want.Findings[i]) {
				t.Errorf("%s: %q does not say %q", name, got[3], sentence(want.Findings[i]))
			}
			if file, _, _ := strings.Cut(strings.TrimPrefix(got[2], "file="), ",title="); r.Document != "" &&
				i < len(want.Findings) && unescape.Replace(file) != r.Document {
				t.Errorf("%s: %q is not about %q", name, got[2], r.Document)
			}
		}
		if strings.HasPrefix(lines[n], "::") {
			t.Errorf("%s: the last line is a command: %q", name, lines[n])
		}
	}
}
