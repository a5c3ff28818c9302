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
		"/Patient/{id}/$everything":                      "/Patient/{id}/$everything",
		`^Patient/(?P<id>[^/]+)/\$everything$`:           "/Patient/{id}/$everything",
		"users/$":                                        "/users/",
		"":                                               "/",
		"^$":                                             "/",
		`^a/(?P<x>a|(b)\)c)/$`:                           "/a/{x}/",
		// Groups without a name.
		`^users/(\w+)/$`: "/users/{arg0}/",
		`^(\d+)/x/(?P<name>\w+)/(?:api/)([a-z]+)$`: "/{arg0}/x/{name}/api/{arg1}",
		"^(users|people)/$":                        "/{arg0}/",
		`^blog/(page-(\d+)/)$`:                     "/blog/page-{arg0}/",
		`^(api)/v1/$`:                              "/api/v1/",
		// Flags and assertions.
		`(?i)^users/(?P<id>\d+)/$`:           "/users/{id}/",
		`api/(?i:users)/`:                    "/api/users/",
		`^(?!admin/)(?P<page>[\w-]+)/(?#x)$`: "/{page}/",
		// These cannot be written as templates.
		"^(?:users|people)/$":      "!",
		`^(?P<a>\w)(?P=a)/$`:       "!",
		"(?x) ^ users /$":          "!",
		"^.*version/":              "!",
		`^users/\d+/$`:             "!",
		"^a.*$":                    "!",
		"a/<int:pk>/<int:pk>/":     "!",
		"a/<int:p k>/":             "!",
		"a/<int:pk":                "!",
		"^a/(?P<x>b$":              "!",
		"^a/[bc]$":                 "!",
		"a/\x1b[2J":                "!",
		"a/\u202etxt.exe":          "!",
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
		{versioned, "/api/patches/3/", "/api/patches/{pk}/", ""},
		{`^users/(?P<id>\d+)?$`, "/users/", "/users/", ""},
		{`^users/(?P<id>\d+)?$`, "/users/7", "/users/{id}", ""},
		{`^report(?:\.(?P<format>[a-z]+))?$`, "/report.csv", "/report.{format}", ""},
		{`^blog/(?:page-(?P<n>\d+)/)?$`, "/blog/", "/blog/", ""},
		{`^blog/(?:page-(?P<n>\d+)/)?$`, "/blog/page-3/", "/blog/page-{n}/", ""},
		{`^blog/(page-(\d+)/)?$`, "/blog/page-3/", "/blog/page-{arg0}/", ""},
		{`^x/(?P<a>\d+)(?:/to/(?P<b>\d+))?/$`, "/x/1/", "/x/{a}/", ""},
		{`^x/(?P<a>\d+)(?:/to/(?P<b>\d+))?/$`, "/x/1/to/2/", "/x/{a}/to/{b}/", ""},
		{`^(?:(?P<owner>\w+)/)?repos/$`, "/river/repos/", "/{owner}/repos/", ""},
		{"users/<int:pk>/", "/users/7/", "/users/{pk}/", ""},
		{"users/<int:pk>/", "/people/7/", "", ""},
		{"^(a)?(b)?(c)?(d)?(e)?$", "/", "", ""},
		{"^(?:a(?:b)?(?:c)?(?:d)?(?:e)?(?:f)?/)?x$", "/abc/x", "", ""},
		{strings.Repeat("(a)?", 40), "/", "", ""},
	} {
		cache := new(Cache)
		for how, cache := range map[string]*Cache{"not remembered": nil, "read": cache, "remembered": cache} {
			taken, base, ok := readRoute(c.route, c.path, cache)
			if taken.path != c.taken || base != c.base || ok != (c.taken != "") {
				t.Errorf("%s, %s, takes %s as %q of %q, %v; want %q of %q", c.route, how, c.path, taken.path, base, ok, c.taken, c.base)
			}
		}
	}
}

func TestRouteMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ route, path, want string }{
		{"api/users/<int:pk>/", "/api/users/17/", "17"},
		{"api/users/<int:pk>/", "/prefix/api/users/17/", "17"},
		{"api/users/<int:pk>/", "/api/users/17", "17"},
		{"api/users/<int:pk>/", "/api/users/", "no"},
		{"a/<x>/b/<y>", "/a/1/b/2", "1 2"},
		{"a/<x>/b/<path:y>", "/a/1/b/2/b/3", "1 2/b/3"},
		{"a/<path:x>/b", "/a/1/2/b", "1/2"},
		{`^f/(?P<n>.+)\.csv$`, "/f/sales%202026.csv", "sales 2026"},
		{"a/<x>-<y>/", "/a/1-2/", "1 2"},
		{"users/", "/users/", ""},
		{"users/", "/users/7/", "no"},
		{"users/", "/users", ""},
		{"users", "/users/", ""},
		{"", "/", ""},
		{"", "/prefix/", ""},
		{"a/<x>/", "/a/1/2/", "no"},
		{"<x>/b/", "/prefix/1/b/", "1"},
		{"a/<yyyy:x>/", "/a/1/2/", "1/2"},
		{`^a/(?P<x>[^/]+)/`, "/a/1/2/", "no"},
		{`^a/(?P<x>.+)/$`, "/a/1/2/", "1/2"},
		{`^a/(?P<x>[\w/]+)/$`, "/a/1/2/", "1/2"},
		{`(?i)^users/(?P<id>\d+)/of/$`, "/USERS/7/Of/", "7"},
		{`^users/(?P<id>\d+)/$`, "/USERS/7/", "no"},
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
