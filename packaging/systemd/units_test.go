// Package systemd_test checks the units with systemd.
package systemd_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// maxExposure is the highest allowed exposure of `systemd-analyze security`, times ten: 0 is a
// sealed unit, 100 one without protection. A plain unit has 96.
const maxExposure = "20"

func TestUnits(t *testing.T) {
	t.Parallel()
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is missing; Debian's package systemd has it")
	}
	units, err := filepath.Glob("*.service")
	if err != nil || len(units) != 2 {
		t.Fatalf("units are %v, %v; the daemon's and the server's are wanted", units, err)
	}
	for _, unit := range units {
		t.Run(unit, func(t *testing.T) {
			t.Parallel()
			path := installed(t, unit)
			for _, args := range [][]string{
				{"verify", "--man=no", path},
				{"security", "--no-pager", "--offline=yes", "--threshold=" + maxExposure, path},
			} {
				output, err := exec.CommandContext(t.Context(), analyze, args...).CombinedOutput()
				if err != nil || args[0] == "verify" && len(output) > 0 {
					t.Errorf("systemd-analyze %s: %v\n%s", args[0], err, output)
				}
			}
		})
	}
}

// installed copies a unit with its program, which systemd requires to exist.
func installed(t *testing.T, unit string) string {
	t.Helper()
	text, err := os.ReadFile(unit)
	if err != nil {
		t.Fatal(err)
	}
	const program = "/usr/local/bin/akita"
	if !strings.Contains(string(text), "ExecStart="+program+" ") {
		t.Fatalf("%s does not start %s", unit, program)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), unit)
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(text), program, self)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
