package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func setup(t *testing.T) *Handler {
	t.Helper()
	h, err := New(fstest.MapFS{
		".gitkeep":            {},
		"index.html":          {Data: []byte("<!DOCTYPE html>" + strings.Repeat("<p>console</p>", 100))},
		"favicon.svg":         {Data: []byte("<svg/>")},
		"assets/app-4f2a.js":  {Data: []byte(strings.Repeat("console.log(1);", 100))},
		"assets/app-4f2a.css": {Data: []byte("a{}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(t *testing.T, h http.Handler, method, path string, headers map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPaths(t *testing.T) {
	t.Parallel()
	const revalidate, forever = "no-cache", "public, max-age=31536000, immutable"
	for _, tc := range []struct {
		method, path string
		status       int
		mediaType    string
		cache        string
		body         string
	}{
		{"GET", "/", 200, "text/html", revalidate, "console"},
		{"GET", "/index.html", 200, "text/html", revalidate, "console"},
		{"GET", "/setup?token=x", 200, "text/html", revalidate, "console"},
		{"GET", "/projects/django-demo/model", 200, "text/html", revalidate, "console"},
		{"GET", "/projects/v1.2", 200, "text/html", revalidate, "console"},
		{"GET", "/favicon.svg", 200, "image/svg+xml", revalidate, "<svg/>"},
		{"GET", "/assets/app-4f2a.js", 200, "text/javascript", forever, "console.log"},
		{"GET", "/assets/app-4f2a.css", 200, "text/css", forever, "a{}"},
		{"GET", "/assets/app-0000.js", 404, "text/plain", "", "reload the console"},
		{"GET", "/.gitkeep", 200, "text/html", revalidate, "console"},
		{"HEAD", "/", 200, "text/html", revalidate, ""},
		{"POST", "/", 405, "text/plain", "", "GET and HEAD"},
		{"DELETE", "/assets/app-4f2a.js", 405, "text/plain", "", "GET and HEAD"},
	} {
		t.Run(tc.method+" "+tc.path, func(t *testing.T) {
			t.Parallel()
			a := get(t, setup(t), tc.method, tc.path, nil)
			mediaType, cache := a.Header().Get("Content-Type"), a.Header().Get("Cache-Control")
			if a.Code != tc.status || !strings.HasPrefix(mediaType, tc.mediaType) || cache != tc.cache {
				t.Errorf("status %d, headers %v", a.Code, a.Header())
			}
			if body := a.Body.String(); !strings.Contains(body, tc.body) || tc.method == "HEAD" && body != "" {
				t.Errorf("body %q", body)
			}
		})
	}
}

func TestGzip(t *testing.T) {
	t.Parallel()
	h := setup(t)
	for accept, want := range map[string]string{
		"gzip, deflate, br, zstd": "gzip",
		"gzip":                    "gzip",
		"":                        "",
		"br":                      "",
		"gzip;q=0":                "",
	} {
		a := get(t, h, "GET", "/assets/app-4f2a.js", map[string]string{"Accept-Encoding": accept})
		if got := a.Header().Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q: Content-Encoding %q, want %q", accept, got, want)
		}
		if a.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q: Vary %q", accept, a.Header().Get("Vary"))
		}
		if want == "" {
			continue
		}
		unzipped, err := gzip.NewReader(a.Body)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(unzipped); err != nil || !strings.HasPrefix(string(body), "console.log") {
			t.Errorf("body %q, %v", body, err)
		}
	}
}

func TestNotModified(t *testing.T) {
	t.Parallel()
	h := setup(t)
	for _, accept := range []string{"", "gzip"} {
		first := get(t, h, "GET", "/", map[string]string{"Accept-Encoding": accept})
		etag := first.Header().Get("ETag")
		again := get(t, h, "GET", "/", map[string]string{"Accept-Encoding": accept, "If-None-Match": etag})
		if again.Code != http.StatusNotModified {
			t.Errorf("status %d, want 304", again.Code)
		}
	}
}

func TestWithoutAConsole(t *testing.T) {
	t.Parallel()
	h, err := New(fstest.MapFS{".gitkeep": {}})
	if err != nil {
		t.Fatal(err)
	}
	a := get(t, h, "GET", "/", nil)
	if !strings.Contains(a.Body.String(), "make build") || a.Code != http.StatusOK {
		t.Errorf("status %d, body %q", a.Code, a.Body)
	}
}
