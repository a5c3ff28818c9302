package server

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// requestLines returns a request line for each operation of the API and for other
// paths of the server.
func requestLines(f *fixture) []string {
	f.t.Helper()
	var document struct {
		Paths map[string]map[string]any
	}
	f.call("GET", "/api/openapi.json", nil, http.StatusOK, &document)
	var all []string
	fill := regexp.MustCompile(`\{[a-zA-Z]+\}`)
	for path, item := range document.Paths {
		for method := range item {
			if method != "parameters" {
				all = append(all, strings.ToUpper(method)+" "+fill.ReplaceAllString(path, "none"))
			}
		}
		all = append(all, "PATCH "+fill.ReplaceAllString(path, "none"))
	}
	return append(all,
		"GET /", "GET /setup?token=x", "GET /assets/none.js", "POST /", "GET /healthz", "POST /healthz", "GET /metrics",
		"GET /api", "GET /api/", "GET /api/v1/none", "GET /api//v1",
		"GET /download/", "GET /download/index.json", "GET /download/SHA256SUMS", "GET /download/heroku-buildpack.tgz",
		"GET /download/none", "POST /download/", "GET /download", "GET /simple/", "GET /simple/none/", "GET /simple")
}

func TestEveryResponseHasTheHeaders(t *testing.T) {
	t.Parallel()
	f := start(t, newConfig(t))
	f.logIn()
	lines := requestLines(f)
	if len(lines) < 50 {
		t.Fatalf("only %d request lines", len(lines))
	}
	for _, line := range lines {
		method, path, _ := strings.Cut(line, " ")
		a, err := f.browser.Do(f.request(method, path, nil))
		if err != nil {
			t.Fatal(err)
		}
		_ = a.Body.Close()
		checkHeaders(t, line, a)
		if a.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: HSTS over plain HTTP", line)
		}
	}
}

func checkHeaders(t *testing.T, line string, a *http.Response) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Security-Policy":    contentPolicy,
		"X-Content-Type-Options":     "nosniff",
		"Referrer-Policy":            "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s: %s %q, want %q", line, name, got, want)
		}
	}
	cache := "no-store"
	if a.Header.Get("ETag") != "" {
		cache = "private, no-cache"
	}
	if strings.Contains(line, " /api/") && a.StatusCode/100 != 3 && a.Header.Get("Cache-Control") != cache {
		t.Errorf("%s: Cache-Control %q, want %s", line, a.Header.Get("Cache-Control"), cache)
	}
	if a.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%s: CORS", line)
	}
	if a.StatusCode >= 500 {
		t.Errorf("%s: status %d", line, a.StatusCode)
	}
}

func TestContentPolicyAllowsNoInlineScript(t *testing.T) {
	t.Parallel()
	for directive := range strings.SplitSeq(contentPolicy, "; ") {
		name, sources, _ := strings.Cut(directive, " ")
		if (name == "script-src" || name == "default-src") && strings.Contains(sources, "unsafe") {
			t.Errorf("the policy contains %q", directive)
		}
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	f := start(t, newConfig(t))
	var health struct{ Status string }
	f.call("GET", "/healthz", nil, http.StatusOK, &health)
	if health.Status != "ok" {
		t.Errorf("status %q", health.Status)
	}
}
