package cli_test

import (
	"testing"

	"akita/internal/cli"
)

func TestVersion(t *testing.T) {
	t.Parallel()
	code, stdout, stderr := run(t, "", "version")
	if code != 0 || stdout != cli.Version()+"\n" || stderr != "" {
		t.Errorf("exit code %d, printed %q and %q", code, stdout, stderr)
	}
	if cli.Version() == "" {
		t.Error("the version of a build is empty")
	}
	if code, _, _ := run(t, "", "version", "now"); code != 2 {
		t.Errorf("an argument: exit code %d, want 2", code)
	}
}
