package witness

import (
	"strings"
	"testing"
)

func TestParseRoute(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"api/users/<int:pk>/":                            "/api/users/{pk}/",
		"/users/<uuid:user_id>/posts/<slug>":             "/users/{user_id}/posts/{slug}",
		"^api/v1/orders/(?P<id>[^/.]+)/$":                "/api/v1/orders/{id}/",
		"api/^users/$":                                   "/api/users/",
		"api/^users/(?P<pk>[^/.]+)/set_password/$":       "/api/users/{pk}/set_password/",
		`^files/(?P<name>[\w.()-]+)\.csv$`:               "/files/{name}.csv",
		`^(?:api/)v2/(?P<pk>\d{1,3})/?$`:                 "/api/v2/{pk}",
		`api/v2/^pokemon/(?P<pokemon_id>\d+)/encounters`: "/api/v2/pokemon/{pokemon_id}/encounters",
		"users/{pk}/x":                                   "/users/{pk}/x",
		"files/{path:path}":                              "/files/{path}",
		"":                                               "/",
		"^$":                                             "/",
		`^a/(?P<x>a|(b)\)c)/$`:                           "/a/{x}/",
		// Not to be read: the path speaks for itself.
		"^(users|people)/$":        "!",
		"^a.*$":                    "!",
		"a/<int:pk>/<int:pk>/":     "!",
		"a/<int:p k>/":             "!",
		"a/<int:pk":                "!",
		"^a/(?P<x>b$":              "!",
		"^a/[bc]$":                 "!",
		strings.Repeat("a/", 1000): "!",
	} {
		r, ok := parseRoute(text)
		got := r.path
		if !ok {
			got = "!"
		}
		if got != want {
			t.Errorf("parseRoute(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestReadRouteWithOptionalParts(t *testing.T) {
	t.Parallel()
	const versioned = `^api/(?:(?P<version>(1.0|1.1|1.2))/)?patches/<int:pk>/`
	for _, c := range []struct{ route, path, taken, base string }{
		{versioned, "/api/1.2/patches/3/", "/api/{version}/patches/{pk}/", "/api/patches/{pk}/"},
		{versioned, "/api/patches/3/", "/api/patches/{pk}/", "/api/patches/{pk}/"},
		{`^users/(?P<id>\d+)?$`, "/users/", "/users/", "/users/"},
		{`^users/(?P<id>\d+)?$`, "/users/7", "/users/{id}", "/users/"},
		{`^report(?:\.(?P<format>[a-z]+))?$`, "/report.csv", "/report.{format}", "/report"},
		{"users/<int:pk>/", "/users/7/", "/users/{pk}/", "/users/{pk}/"},
		{"^(a)?(b)?(c)?(d)?(e)?$", "/", "", ""},
	} {
		taken, base, ok := readRoute(c.route, c.path)
		if taken.path != c.taken || base.path != c.base || ok != (c.taken != "") {
			t.Errorf("%s takes %s as %q of %q, %v; want %q of %q", c.route, c.path, taken.path, base.path, ok, c.taken, c.base)
		}
	}
}

func TestRouteMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ route, path, want string }{
		{"api/users/<int:pk>/", "/api/users/17/", "17"},
		{"api/users/<int:pk>/", "/prefix/api/users/17/", "17"},
		{"api/users/<int:pk>/", "/api/users/17", "no"},
		{"a/<x>/b/<y>", "/a/1/b/2", "1 2"},
		{"a/<x>/b/<path:y>", "/a/1/b/2/b/3", "1 2/b/3"},
		{"a/<path:x>/b", "/a/1/2/b", "1/2"},
		{`^f/(?P<n>.+)\.csv$`, "/f/sales%202026.csv", "sales 2026"},
		{"a/<x>-<y>/", "/a/1-2/", "1 2"},
		{"users/", "/users/", ""},
	} {
		r, ok := parseRoute(c.route)
		if !ok {
			t.Fatalf("parseRoute(%q) failed", c.route)
		}
		got := "no"
		if values := r.match(c.path); values != nil {
			got = strings.Join(values, " ")
		}
		if got != c.want {
			t.Errorf("%s matches %s with %q, want %q", c.route, c.path, got, c.want)
		}
	}
}

func TestIsWord(t *testing.T) {
	t.Parallel()
	words := "users user_profiles api v1 v1.1 1.0 2.0.1 v2beta1 oauth2 s3 2fa well-known set_password getUser quick-brown-fox feed.xml Users.json en fr css html rss wp-admin @me orders:cancel a z robots.txt pikachu mr-mime"
	for text := range strings.SplitSeq(words, " ") {
		if !IsWord(text) {
			t.Errorf("%q is a word", text)
		}
	}
	values := []string{"17", "0f8fad5b-d9cb-469f-a165-70867728950e", "SKU-12345-AB", "cus_9s6XKzkNRiz8i3", "2026-01-05", "ada@example.test", "5f011a4f10f7846b266f24fae056cc0d198fad55",
		"dQw4w9WgXcQ", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "ckjq1z9", "Ada Lovelace", "naïve", "x%20y", "", "-", "1.2.3.4", "{id}", "bcdfghjklm", "aVeryLongTokenWithoutAnySeparatorInIt", "<script>", "192.168.0.1", "a,b;c"}
	for _, text := range values {
		if IsWord(text) {
			t.Errorf("%q is no word", text)
		}
	}
}
