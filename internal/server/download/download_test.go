package download

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	herokubuildpack "akita/heroku-buildpack"
)

const (
	ownContent   = "this very executable"
	otherContent = "another platform's executable"
	wheelName    = "akita_django-1.2.3-py3-none-any.whl"
)

// fixture is a Handler with one binary of each kind and one wheel.
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
	c := Config{
		Executable: f.exe, GOOS: "linux", GOARCH: "amd64", Dir: f.dir, Buildpack: herokubuildpack.Files(),
		Python:  fstest.MapFS{".gitkeep": {}, wheelName: {Data: wheelOf(t, "Metadata-Version: 2.4\nName: akita-django\nRequires-Python: >=3.11\n\nRequires-Python: no\n")}},
		Version: "1.2.3", Logger: slog.New(slog.DiscardHandler),
	}
	for _, apply := range change {
		apply(&c)
	}
	h, err := New(c)
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
	want := sum(otherContent) + "  akita-darwin-arm64\n" + sum(ownContent) + "  akita-linux-amd64\n" + sum(buildpack) + "  heroku-buildpack.tgz\n"
	if got := f.get("/download/SHA256SUMS"); got != want {
		t.Errorf("SHA256SUMS is\n%s, want\n%s", got, want)
	}
}

func TestIndex(t *testing.T) {
	t.Parallel()
	f := setup(t)
	page := f.get("/download/")
	var index offers
	if err := json.Unmarshal([]byte(f.get("/download/index.json")), &index); err != nil {
		t.Fatal(err)
	}
	if index.Version != "1.2.3" || len(index.Items) != 4 {
		t.Fatalf("index %+v", index)
	}
	for _, item := range index.Items {
		if content := f.get(item.URL); sum(content) != item.SHA256 || int64(len(content)) != item.Size {
			t.Errorf("%s: size or checksum is not that of its content", item.Name)
		}
		if !strings.Contains(page, item.URL) || !strings.Contains(page, item.SHA256) {
			t.Errorf("the page does not show %s", item.Name)
		}
	}
}

func TestHeadAndRange(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, path := range []string{
		"/download/", "/download/index.json", "/download/SHA256SUMS", "/download/akita-linux-amd64", "/download/akita-linux-amd64.sha256",
		"/download/akita-darwin-arm64", "/download/heroku-buildpack.tgz", "/simple/", "/simple/akita-django/", "/simple/akita-django/" + wheelName,
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			f := *f
			f.t = t
			whole := f.get(path)
			if w := f.do("HEAD", path); w.Code != http.StatusOK || w.Body.Len() > 0 {
				t.Errorf("HEAD: status %d with %d bytes", w.Code, w.Body.Len())
			}
			if w := f.do("GET", path, "Range", "bytes=2-5"); w.Code != http.StatusPartialContent || w.Body.String() != whole[2:6] {
				t.Errorf("Range: status %d, body %q", w.Code, w.Body)
			}
			if w := f.do("POST", path); w.Code != http.StatusMethodNotAllowed {
				t.Errorf("POST: status %d", w.Code)
			}
		})
	}
}

func TestUnchangedFilesAreNotSentAgain(t *testing.T) {
	t.Parallel()
	f := setup(t)
	tag := f.do("GET", "/download/akita-linux-amd64").Header().Get("ETag")
	if w := f.do("GET", "/download/akita-linux-amd64", "If-None-Match", tag); w.Code != http.StatusNotModified {
		t.Errorf("status %d, want 304", w.Code)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, path := range []string{
		"/download/akita-plan9-amd64", "/download/akita-plan9-amd64.sha256", "/download/notes.txt", "/download/..%2Fakita", "/download/.sha256",
		"/simple/django/", "/simple/akita-django/other.whl", "/simple/other/" + wheelName, "/simple/akita-django/..%2F" + wheelName,
	} {
		if w := f.do("GET", path); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "lists what") {
			t.Errorf("%s: status %d, body %q", path, w.Code, w.Body)
		}
	}
}

func TestTheProgramThatRunsIsOfferedAlsoAfterAnUpgrade(t *testing.T) {
	t.Parallel()
	f := setup(t)
	newer := f.exe + ".new"
	write(t, newer, "a newer version")
	if err := os.Rename(newer, f.exe); err != nil {
		t.Fatal(err)
	}
	if got := f.get("/download/akita-linux-amd64"); got != ownContent {
		t.Errorf("offered %q", got)
	}
}

func TestReplacedFilesGetANewChecksum(t *testing.T) {
	t.Parallel()
	f := setup(t)
	path := filepath.Join(f.dir, "akita-darwin-arm64")
	f.get("/download/akita-darwin-arm64.sha256")
	newer := strings.ToUpper(otherContent) // of the same size
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

func TestWhatCannotBeReadIsLeftOutAndLoggedOnce(t *testing.T) {
	t.Parallel()
	for name, create := range map[string]func(path string) error{
		"dangling link": func(path string) error { return os.Symlink("absent", path) },
		"folder":        func(path string) error { return os.Mkdir(path, 0o700) },
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
				t.Errorf("its neighbour: %q", got)
			}
			if index := f.get("/download/index.json"); strings.Contains(index, "plan9") {
				t.Errorf("it is offered: %s", index)
			}
			if lines := strings.Count(log.String(), "name=akita-plan9-amd64"); lines != 1 {
				t.Errorf("it is logged %d times, want once: %s", lines, &log)
			}
		})
	}
}

func TestWindowsBinaryHasItsSuffix(t *testing.T) {
	t.Parallel()
	f := setup(t, func(c *Config) { c.GOOS, c.Dir = "windows", "" })
	if got := f.get("/download/akita-windows-amd64.exe"); got != ownContent {
		t.Errorf("content %q", got)
	}
	f.get("/download/akita-windows-amd64.exe.sha256")
}

func TestBuildpackIsWhatHerokuTakes(t *testing.T) {
	t.Parallel()
	archive := setup(t).get("/download/heroku-buildpack.tgz")
	if again := setup(t).get("/download/heroku-buildpack.tgz"); again != archive {
		t.Error("the same files give two archives")
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
			t.Errorf("%s: not the file's content: %v", entry.Name, err)
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

func TestPythonIndex(t *testing.T) {
	t.Parallel()
	f := setup(t)
	if page := f.get("/simple/"); !strings.Contains(page, `<a href="/simple/akita-django/">akita-django</a>`) {
		t.Errorf("index: %s", page)
	}
	page := f.get("/simple/akita-django/")
	link := regexp.MustCompile(`<a href="([^"#]+)#sha256=([0-9a-f]{64})" data-requires-python="&gt;=3.11">`).FindStringSubmatch(page)
	if link == nil {
		t.Fatalf("no link as PEP 503 has it: %s", page)
	}
	if content := f.get(link[1]); sum(content) != link[2] {
		t.Error("the wheel is not what its link's checksum says")
	}
}

func TestPythonNamesAreNormalised(t *testing.T) {
	t.Parallel()
	f := setup(t)
	for _, path := range []string{"/simple/Akita_Django/", "/simple/akita.django/", "/simple/akita--django", "/simple/akita-django"} {
		w := f.do("GET", path)
		if w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "/simple/akita-django/" {
			t.Errorf("%s: status %d to %q", path, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestWithoutAWheel(t *testing.T) {
	t.Parallel()
	f := setup(t, func(c *Config) { c.Python = fstest.MapFS{".gitkeep": {}} })
	f.get("/simple/")
	if w := f.do("GET", "/simple/akita-django/"); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "make build") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}

func TestBadConfig(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*Config)
		says   string
	}{
		"no executable":      {func(c *Config) { c.Executable += ".absent" }, "offer this executable"},
		"no download folder": {func(c *Config) { c.Dir += "/absent" }, "read download folder"},
		"broken wheel":       {func(c *Config) { c.Python = fstest.MapFS{wheelName: {Data: []byte("PK")}} }, "read wheel " + wheelName},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			good := setup(t)
			c := good.config
			tc.change(&c)
			if _, err := New(c); err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("error = %v, want one that says %q", err, tc.says)
			}
		})
	}
}
