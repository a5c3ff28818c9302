package endpoints_test

import (
	"testing"

	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/jsonschema"
)

// The converter of a route declares the type of its parameter. Values that do not fit do not change it.
func TestArgumentOfARoute(t *testing.T) {
	t.Parallel()
	const id = "0f8fad5b-d9cb-469f-a165-70867728950e"
	to := func(value, route string) har.Entry { return call("/x/"+value+"/", 200, "{}", routed(route)) }
	of := func(calls ...har.Entry) []har.Entry { return calls }
	for name, c := range map[string]struct {
		calls []har.Entry
		want  string
	}{
		"int": {of(to("1", "x/<int:v>/")), `{"type":"integer"}`},
		"int, a wide one": {
			of(to("9007199254740993", "x/<int:v>/")), `{"type":"integer","format":"int64"}`,
		},
		"int, with a word among the values": {of(to("1", "x/<int:v>/"), to("me", "x/<int:v>/")), `{"type":"integer"}`},
		"int, with nothing but words":       {of(to("me", "x/<int:v>/")), `{"type":"integer"}`},
		"float":                             {of(to("1", "x/<float:v>/")), `{"type":"number"}`},
		"uuid":                              {of(to(id, "x/<uuid:v>/")), `{"type":"string","format":"uuid"}`},
		"uuid, with a number among the values": {
			of(to(id, "x/<uuid:v>/"), to("1", "x/<uuid:v>/")), `{"type":"string","format":"uuid"}`,
		},
		"slug":                             {of(to("a-b", "x/<slug:v>/")), `{"type":"string"}`},
		"slug, with nothing but numbers":   {of(to("2026", "x/<slug:v>/"), to("7", "x/<slug:v>/")), `{"type":"string"}`},
		"str, with a format that all have": {of(to("2026-01-05", "x/<str:v>/")), `{"type":"string","format":"date"}`},
		"path":                             {of(to("a/b", "x/<path:v>/")), `{"type":"string"}`},
		"a converter of the application":   {of(to("2026", "x/<yyyy:v>/")), `{"type":"integer"}`},
		"none":                             {of(to("7", `^x/(?P<v>\d+)/$`)), `{"type":"integer"}`},
		"two releases that disagree":       {of(to("7", "x/<int:v>/"), to("a-b", "x/<slug:v>/")), `{"type":"string"}`},
		"two releases, one without": {
			of(to("7", "x/<int:v>/"), to("me", `^x/(?P<v>[^/]+)/$`)), `{"type":"integer"}`,
		},
		"calls with and without a route": {of(to("7", "x/<int:v>/"), call("/x/8/", 200, "{}")), `{"type":"integer"}`},
		"refused calls do not count": {
			of(to("7", "x/<int:v>/"), call("/x/me/", 404, "{}", routed("x/<slug:v>/"))), `{"type":"integer"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for e := range model(c.calls).Matching(endpoints.Filter{}) {
				schema, err := e.Parameters(jsonschema.Config{Plain: true})[0].Schema.MarshalJSON()
				if err != nil {
					t.Fatal(err)
				}
				if string(schema) != c.want {
					t.Errorf("the parameter of %s is %s, want %s", e.Path, schema, c.want)
				}
			}
		})
	}
}
