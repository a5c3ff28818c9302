package names

import "testing"

func TestFetcherOf(t *testing.T) {
	t.Parallel()
	tests := map[string]Fetcher{
		"xhr": FetchedByCode, "Fetch": FetchedByCode, "document": FetchedAsPage, "iframe": FetchedAsPage,
		"stylesheet": FetchedAsFile, "style": FetchedAsFile, "image": FetchedAsFile, "Font": FetchedAsFile,
		"ping": FetchedAsPing, "report": FetchedAsPing, "preflight": Preflight,
		"other": "", "empty": "", "": "",
	}
	for kind, want := range tests {
		if got := FetcherOf(kind); got != want {
			t.Errorf("%q is fetched by %q, want %q", kind, got, want)
		}
	}
}

func TestIsBrowserPath(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{
		"/favicon.ico": true, "/Apple-Touch-Icon.png": true, "/users": false, "/users/favicon.ico": false, "": false,
	} {
		if got := IsBrowserPath(path); got != want {
			t.Errorf("%q: %t, want %t", path, got, want)
		}
	}
}

func TestIsPageFile(t *testing.T) {
	t.Parallel()
	tests := []struct {
		path, mediaType string
		want            bool
	}{
		{"/app.js", "text/javascript", true},
		{"/app.8f3a.min.js", "application/javascript", true},
		{"/static/site.css", "text/css", true},
		{"/static/site.css", "", true}, // not modified
		{"/inter.woff2", "font/woff2", true},
		{"/inter.woff2", "application/font-woff2", true},
		{"/app.js.map", "application/json", true},
		{"/app.JS", "text/javascript", true},
		{"/app.js", "application/json", false},
		{"/app.js", "text/html", false},
		{"/scripts.js/7", "text/javascript", false},
		{"/css2", "text/css", false},
		{"/logo.png", "image/png", false},
		{"/regions.map", "application/json", false},
		{"/users.", "text/css", false},
		{"", "", false},
	}
	for _, test := range tests {
		if got := IsPageFile(test.path, test.mediaType); got != test.want {
			t.Errorf("%q of %q: %t, want %t", test.path, test.mediaType, got, test.want)
		}
	}
}
