package witness

import (
	"strings"
	"testing"
)

func TestConverters(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		route, path string
		named       map[string]string // beside the route
		want        string
	}{
		"Django's": {
			"a/<int:i>/<uuid:u>/<slug:s>/<str:t>/<path:p>",
			"/a/1/0f8fad5b-d9cb-469f-a165-70867728950e/x-y/z/q/r",
			nil, "i int, u uuid, s text, t text, p text",
		},
		"Flask's":                          {"/a/<float:f>/<string:s>/<x>", "/a/1.5/b/c", nil, "f float, s text, x "},
		"Starlette's":                      {"/a/{i:int}/{p:path}", "/a/1/b/c", nil, "i int, p text"},
		"of a pattern":                     {`^a/(?P<pk>\d+)/$`, "/a/1/", nil, "pk "},
		"named beside a pattern":           {`^a/(?P<pk>\d+)/$`, "/a/1/", map[string]string{"pk": "int"}, "pk int"},
		"the application's own":            {"a/<yyyy:year>/", "/a/2026/", map[string]string{"year": "yyyy"}, "year "},
		"what is named goes before":        {"a/<int:pk>/", "/a/1/", map[string]string{"pk": "uuid"}, "pk uuid"},
		"of a parameter that is not there": {"a/<int:pk>/", "/a/1/", map[string]string{"id": "uuid"}, "pk int"},
	} {
		taken, _, ok := readRoute(c.route, c.path, nil)
		if !ok {
			t.Fatalf("%s: %s cannot be read", name, c.route)
		}
		var got []string
		for _, p := range taken.args(c.path, c.named, Options{}) {
			got = append(got, p.Name+" "+string(p.Converter))
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%s: %s, want %s", name, text, c.want)
		}
	}
}

// Names of types in words/converters.txt are the converters of a witness.
func TestEveryConverterIsKnown(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"int", "float", "uuid", "str", "string", "slug", "path", "any", "yyyy", ""} {
		if c := newConverter(name); !c.known() {
			t.Errorf("%q is the converter %q, which Validate refuses", name, c)
		}
	}
	if Converter("str").known() {
		t.Error("a name of a framework is accepted as a type")
	}
}
