package download

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	herokubuildpack "akita/heroku-buildpack"
)

const (
	ownContent   = "this very executable"
	otherContent = "another platform's executable"
	wheelName    = "akita_django-1.2.3-py3-none-any.whl"
)

// fixture is a Handler with the own binary, binaries in a directory, and one wheel.
type fixture struct {
	*Handler
	t   *testing.T
	exe string
	dir string
}

func setup(t *testing.T, change ...func(*Config)) *fixture {
	t.Helper()
	f := &fixture{t: t, exe: filepath.Join(t.TempDir(), "akita"), dir: t.TempDir()}
	write(t, f.exe, ownContent)
	write(t, filepath.Join(f.dir, "akita-darwin-arm64"), otherContent)
	write(t, filepath.Join(f.dir, "akita-linux-amd64"), "an old build of this platform")
	write(t, filepath.Join(f.dir, "notes.txt"), "not offered")
	metadata := "Metadata-Version: 2.4\nName: akita-django\nRequires-Python: >=3.11\n\nRequires-Python: no\n"
	config := Config{
		Executable: f.exe, GOOS: "linux", GOARCH: "amd64", Dir: f.dir, Buildpack: herokubuildpack.Files(),
		Python:  fstest.MapFS{".gitkeep": {}, wheelName: {Data: wheelOf(t, metadata)}},
		Version: "1.2.3", Logger: slog.New(slog.DiscardHandler),
	}
	for _, apply := range change {
		apply(&config)
	}
	h, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	f.Handler = h
	return f
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func wheelOf(t *testing.T, metadata string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	w, err := archive.Create("akita_django-1.2.3.dist-info/METADATA")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, metadata); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (f *fixture) do(method, path string, headers ...string) *httptest.ResponseRecorder {
	f.t.Helper()
	r := httptest.NewRequestWithContext(f.t.Context(), method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	return w
}

func (f *fixture) get(path string) string {
	f.t.Helper()
	w := f.do("GET", path)
	if w.Code != http.StatusOK {
		f.t.Fatalf("%s: status %d: %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

func sum(content string) string {
	s := sha256.Sum256([]byte(content))
	return hex.EncodeToString(s[:])
}

func TestDownloads(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for path, want := range map[string]string{
		"/download/akita-linux-amd64":         ownContent,
		"/download/akita-linux-amd64.sha256":  sum(ownContent) + "  akita-linux-amd64\n",
		"/download/akita-darwin-arm64":        otherContent,
		"/download/akita-darwin-arm64.sha256": sum(otherContent) + "  akita-darwin-arm64\n",
	} {
		if got := f.get(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	buildpack := f.get("/download/heroku-buildpack.tgz")
	want := sum(otherContent) + "  akita-darwin-arm64\n" +
		sum(ownContent) + "  akita-linux-amd64\n" +
		sum(buildpack) + "  heroku-buildpack.tgz\n"
	if got := f.get("/download/SHA256SUMS"); got != want {
		t.Errorf("SHA256SUMS is\n%s, want\n%s", got, want)
	}
}

func TestHeadAndRange(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, path := range []string{
		"/download/", "/download/index.json", "/download/SHA256SUMS",
		"/download/akita-linux-amd64", "/download/akita-linux-amd64.sha256",
		"/download/akita-darwin-arm64", "/download/heroku-buildpack.tgz",
		"/simple/", "/simple/akita-django/", "/simple/akita-django/" + wheelName,
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			f := *f
			f.t = t
			whole := f.get(path)
			if w := f.do("HEAD", path); w.Code != http.StatusOK || w.Body.Len() > 0 {
				t.Errorf("HEAD: status %d with %d bytes", w.Code, w.Body.Len())
			}
			w := f.do("GET", path, "Range", "bytes=2-5")
			if w.Code != http.StatusPartialContent || w.Body.String() != whole[2:6] {
				t.Errorf("Range: status %d, body %q", w.Code, w.Body)
			}
			if w := f.do("POST", path); w.Code != http.StatusMethodNotAllowed {
				t.Errorf("POST: status %d", w.Code)
			}
		})
	}
}

func TestNotModified(t *testing.T) {
	t.Parallel()
	f := setup(t)
	tag := f.do("GET", "/download/akita-linux-amd64").Header().Get("ETag")
	if w := f.do("GET", "/download/akita-linux-amd64", "If-None-Match", tag); w.Code != http.StatusNotModified {
		t.Errorf("status %d, want 304", w.Code)
	}
}

func TestNotFound(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, path := range []string{
		"/download/akita-plan9-amd64", "/download/akita-plan9-amd64.sha256", "/download/notes.txt",
		"/download/..%2Fakita", "/download/.sha256", "/simple/django/", "/simple/akita-django/other.whl",
		"/simple/other/" + wheelName, "/simple/akita-django/..%2F" + wheelName,
	} {
		if w := f.do("GET", path); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "of this server") {
			t.Errorf("%s: status %d, body %q", path, w.Code, w.Body)
		}
	}
}

func TestNewFails(t *testing.T) {
	t.Parallel()
	broken := fstest.MapFS{wheelName: {Data: []byte("PK")}}
	for name, tc := range map[string]struct {
		change    func(*Config)
		wantError string
	}{
		"no executable": {func(c *Config) { c.Executable += ".absent" }, "open own executable"},
		"no directory":  {func(c *Config) { c.Dir += "/absent" }, "read download directory"},
		"broken wheel":  {func(c *Config) { c.Python = broken }, "read wheel " + wheelName},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := setup(t).config
			tc.change(&config)
			if _, err := New(config); err == nil || !strings.Contains(err.Error(), tc.wantError) {
				t.Errorf("error = %v, want one with %q", err, tc.wantError)
			}
		})
	}
}
