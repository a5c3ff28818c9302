package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"debug/buildinfo"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"
)

var at = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// TestArchivesAreReproducible checks that archives hold neither file times nor the build time.
func TestArchivesAreReproducible(t *testing.T) {
	t.Parallel()
	type writer = func(io.Writer, string, []packed, time.Time) error
	for name, write := range map[string]writer{"tar.gz": writeTar, "zip": writeZip} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var archives [2]bytes.Buffer
			for i := range archives {
				path := filepath.Join(t.TempDir(), "akita")
				if err := os.WriteFile(path, []byte("a program"), 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.Chtimes(path, at, at.AddDate(i, 0, 0)); err != nil {
					t.Fatal(err)
				}
				if err := write(&archives[i], "akita-v1", []packed{{"akita", path, 0o755}}, at); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(archives[0].Bytes(), archives[1].Bytes()) {
				t.Error("the same file gives two archives")
			}
		})
	}
}

func TestTarHoldsProgramsThatRun(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(path, []byte("a program"), 0o600); err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	if err := writeTar(&archive, "akita-v1", []packed{{"akita", path, 0o755}}, at); err != nil {
		t.Fatal(err)
	}
	unzipped, err := gzip.NewReader(&archive)
	if err != nil {
		t.Fatal(err)
	}
	files := tar.NewReader(unzipped)
	header, err := files.Next()
	if err != nil {
		t.Fatal(err)
	}
	if header.Name != "akita-v1/akita" || header.Mode != 0o755 || !header.ModTime.Equal(at) || header.Uid != 0 {
		t.Errorf("header is %+v", header)
	}
	if content, err := io.ReadAll(files); err != nil || string(content) != "a program" {
		t.Errorf("content is %q, %v", content, err)
	}
	if _, err := files.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("more follows: %v", err)
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"linux/amd64": "akita-linux-amd64", "linux/arm64": "akita-linux-arm64",
		"darwin/arm64": "akita-darwin-arm64", "windows/amd64": "akita-windows-amd64.exe",
	} {
		p, err := parsePlatform(name)
		if err != nil || p.binary() != want {
			t.Errorf("%s: %q, %v; want %q", name, p.binary(), err, want)
		}
	}
	if _, err := parsePlatform("plan9/386"); err == nil || !strings.Contains(err.Error(), "linux/amd64") {
		t.Errorf("an unknown platform: %v", err)
	}
}

func TestGoModules(t *testing.T) {
	t.Parallel()
	modules := goModules(&buildinfo.BuildInfo{GoVersion: "go1.26.1", Deps: []*debug.Module{
		{Path: "example.com/used", Version: "v1.2.3", Sum: "h1:abc="},
		{
			Path:    "example.com/replaced",
			Version: "v1.0.0",
			Replace: &debug.Module{Path: "example.com/fork", Version: "v1.0.1+incompatible"},
		},
	}})
	refs := slices.Sorted(maps.Keys(modules))
	want := []string{
		"pkg:golang/example.com/fork@v1.0.1+incompatible",
		"pkg:golang/example.com/used@v1.2.3",
		"pkg:golang/stdlib@1.26.1",
	}
	if !slices.Equal(refs, want) {
		t.Errorf("got  %v\nwant %v", refs, want)
	}
	if used := modules["pkg:golang/example.com/used@v1.2.3"]; used.Name != "example.com/used" ||
		used.Properties[0].Value != "h1:abc=" {
		t.Errorf("it is %+v", used)
	}
}

// TestNpmPackages checks that development packages are left out.
func TestNpmPackages(t *testing.T) {
	t.Parallel()
	lock := filepath.Join(t.TempDir(), "package-lock.json")
	sum := strings.Repeat("ab", 64)
	if err := os.WriteFile(lock, []byte(`{"packages": {
		"": {"name": "akita-console"},
		"node_modules/@mantine/core": {"version": "9.7.4", "license": "MIT", "integrity": "sha512-q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urqw=="},
		"node_modules/a/node_modules/b": {"version": "1.0.0"},
		"node_modules/eslint": {"version": "10.0.0", "dev": true}
	}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	packages, err := npmPackages(lock)
	if err != nil {
		t.Fatal(err)
	}
	core, ok := packages["pkg:npm/%40mantine/core@9.7.4"]
	if _, nested := packages["pkg:npm/b@1.0.0"]; !ok || !nested || len(packages) != 2 {
		t.Fatalf("packages are %v", packages)
	}
	if len(core.Hashes) != 1 || core.Hashes[0].Content != sum || core.Licenses[0].Expression != "MIT" {
		t.Errorf("it is %+v", core)
	}
}

func TestSums(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, name := range []string{"b", "a"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := writeSums(folder); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(folder, "SHA256SUMS"))
	const want = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a\n" +
		"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  b\n"
	if err != nil || string(got) != want {
		t.Errorf("got\n%s%v\nwant\n%s", got, err, want)
	}
}
