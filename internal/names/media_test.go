package names

import "testing"

func TestMediaTypes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"application/json": true, "text/vcard": true, "application/x-ndjson": true, "image/x-icon": true,
		"application/vnd.acme+json": false, "application/4111111111111111": false, "json": false, "": false,
	} {
		if got := IsMediaType(text); got != want {
			t.Errorf("IsMediaType(%q) = %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]bool{"application": true, "video": true, "x-acme": false, "": false} {
		if got := IsTopLevelType(text); got != want {
			t.Errorf("IsTopLevelType(%q) = %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]bool{
		"application/x-www-form-urlencoded": true, "multipart/form-data": true, "multipart/mixed": false, "": false,
	} {
		if got := IsForm(text); got != want {
			t.Errorf("IsForm(%q) = %v, want %v", text, got, want)
		}
	}
}
