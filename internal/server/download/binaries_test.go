package download

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestOwnBinaryAfterAnUpgrade(t *testing.T) {
	t.Parallel()
	f := setup(t)
	newer := f.exe + ".new"
	write(t, newer, "a newer version")
	if err := os.Rename(newer, f.exe); err != nil {
		t.Fatal(err)
	}
	if got := f.get("/download/akita-linux-amd64"); got != ownContent {
		t.Errorf("content %q, want that of the running program", got)
	}
}

func TestReplacedAndAddedBinaries(t *testing.T) {
	t.Parallel()
	f := setup(t)
	path := filepath.Join(f.dir, "akita-darwin-arm64")
	f.get("/download/akita-darwin-arm64.sha256")
	newer := strings.ToUpper(otherContent) // has the same size
	write(t, path, newer)
	if err := os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got, want := f.get("/download/akita-darwin-arm64.sha256"), sum(newer)+"  akita-darwin-arm64\n"; got != want {
		t.Errorf("checksum %q, want %q", got, want)
	}
	write(t, filepath.Join(f.dir, "akita-linux-arm64"), "added while the server runs")
	if got := f.get("/download/akita-linux-arm64"); got != "added while the server runs" {
		t.Errorf("a new file: %q", got)
	}
}

func TestUnreadableBinariesAreSkippedAndLoggedOnce(t *testing.T) {
	t.Parallel()
	for name, create := range map[string]func(path string) error{
		"dangling link": func(path string) error { return os.Symlink("absent", path) },
		"directory":     func(path string) error { return os.Mkdir(path, 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			f := setup(t, func(c *Config) {
				c.Logger = slog.New(slog.NewTextHandler(&log, nil))
				if err := create(filepath.Join(c.Dir, "akita-plan9-amd64")); err != nil {
					t.Fatal(err)
				}
			})
			if got := f.get("/download/akita-darwin-arm64"); got != otherContent {
				t.Errorf("another binary: %q", got)
			}
			if index := f.get("/download/index.json"); strings.Contains(index, "plan9") {
				t.Errorf("the index lists it: %s", index)
			}
			if lines := strings.Count(log.String(), "name=akita-plan9-amd64"); lines != 1 {
				t.Errorf("logged %d times, want once: %s", lines, &log)
			}
		})
	}
}

func TestWindowsBinaryHasExeSuffix(t *testing.T) {
	t.Parallel()
	f := setup(t, func(c *Config) { c.GOOS, c.Dir = "windows", "" })
	if got := f.get("/download/akita-windows-amd64.exe"); got != ownContent {
		t.Errorf("content %q", got)
	}
	f.get("/download/akita-windows-amd64.exe.sha256")
}
