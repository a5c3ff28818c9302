package witness

import (
	"strings"
	"testing"

	"akita/internal/har"
)

// TestRouteSegments checks what of a path leaves as it is, if its route cannot be written as a
// template or does not match: only words that occur in the route.
func TestRouteSegments(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ route, path, want string }{
		{`^(?:users|people)/(\w+)/$`, "/users/alice/", "users * ."},
		{`^(?:users|people)/(\w+)/$`, "/people/users/", "people users ."},
		{`^users/\w+/$`, "/users/alice/", "users * ."},
		{`^users/[a-z]+/posts/$`, "/users/alice/posts/", "users * posts ."},
		{`^(?P<river>\w+)\.(?P<format>\w{2,4})(?:/a|/b)$`, "/river.csv/a", "* a"},
		{`(?i)^Reports/\d+$`, "/rePORTS/7", "Reports *"},
		{`^a\.b/[bc]$`, "/a.b/c", "a.b *"},
		{"users/<int:pk>/", "/users/7/files/secret/", "users * * * ."},
		{"^.*version/", "/api/version/", "api version ."},
		{"^.*version/[a-z]+/", "/api/4111111111111111/version/api/", "api * version * ."},
		{`^users/\w+/$`, "/users/a%2Fb/", "users * ."},
		{"^" + strings.Repeat("users/", 300), "/users/", "* ."},
	} {
		e := har.Entry{
			Request: har.Request{Method: "GET", URL: c.path},
			Akita:   har.Akita{Known: true, Route: c.route, View: "shop.views.users"},
		}
		w := FromEntry(&e, Options{})
		if w.View != "shop.views.users" {
			t.Errorf("%s: the view is %q", c.route, w.View)
		}
		if w.Template != "" || w.NoRoute {
			t.Errorf("%s: template %q, no route %v", c.route, w.Template, w.NoRoute)
		}
		if got := written(w.Path); got != c.want {
			t.Errorf("%s writes %s as %q, want %q", c.route, c.path, got, c.want)
		}
	}
}

func TestAnUnanchoredRouteUnderStrictPaths(t *testing.T) {
	t.Parallel()
	e := har.Entry{Request: har.Request{Method: "GET", URL: "/api/version/"}, Akita: har.Akita{Known: true, Route: "^.*version/"}}
	w := FromEntry(&e, Options{StrictPaths: true})
	if got := written(w.Path); got != "* version ." {
		t.Errorf("path is %q", got)
	}
}

// TestRouteIsUnknown checks that only a route that is null or empty means that none matched.
func TestRouteIsUnknown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		akita    har.Akita
		noRoute  bool
		template string
		path     string
	}{
		"no route":           {akita: har.Akita{}, path: "api *"},
		"a view alone":       {akita: har.Akita{View: "app.users"}, path: "api *"},
		"null":               {akita: har.Akita{Known: true}, noRoute: true, path: "* *"},
		"empty, with a view": {akita: har.Akita{Known: true, View: "app.root"}, template: "/"},
		"a route":            {akita: har.Akita{Known: true, Route: "api/<pk>"}, template: "/api/{pk}"},
	} {
		e := har.Entry{Request: har.Request{Method: "GET", URL: "/api/7"}, Akita: c.akita}
		w := FromEntry(&e, Options{})
		if got := written(w.Path); w.NoRoute != c.noRoute || w.Template != c.template || got != c.path {
			t.Errorf("%s: no route %v, template %q, path %q", name, w.NoRoute, w.Template, got)
		}
	}
}

// written is a path with "*" for what is withheld and "." for an empty segment.
func written(path []Segment) string {
	var out []string
	for _, s := range path {
		switch {
		case s.Literal != "":
			out = append(out, s.Literal)
		case s.Kind == nil:
			out = append(out, ".")
		default:
			out = append(out, "*"+s.Suffix)
		}
	}
	return strings.Join(out, " ")
}
