package download

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"

	herokubuildpack "akita/heroku-buildpack"
)

func TestBuildpackArchive(t *testing.T) {
	t.Parallel()
	archive := setup(t).get("/download/heroku-buildpack.tgz")
	if again := setup(t).get("/download/heroku-buildpack.tgz"); again != archive {
		t.Error("the same files give different archives")
	}
	unzipped, err := gzip.NewReader(strings.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	modes := make(map[string]fs.FileMode)
	for entries := tar.NewReader(unzipped); ; {
		entry, err := entries.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		modes[entry.Name] = entry.FileInfo().Mode().Perm()
		content, err := io.ReadAll(entries)
		if err != nil {
			t.Fatal(err)
		}
		if want, err := fs.ReadFile(herokubuildpack.Files(), entry.Name); err != nil || !bytes.Equal(content, want) {
			t.Errorf("%s: wrong content, %v", entry.Name, err)
		}
	}
	for _, program := range []string{"bin/detect", "bin/compile", "bin/release"} {
		if modes[program] != 0o755 {
			t.Errorf("%s: mode %v, want 0755", program, modes[program])
		}
	}
	if modes["README.md"] != 0o644 {
		t.Errorf("README.md: mode %v, want 0644", modes["README.md"])
	}
}
