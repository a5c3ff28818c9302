package endpoints_test

import (
	"encoding/json"
	"testing"

	"akita/internal/apimodel"
	"akita/internal/endpoints"
	"akita/internal/har"
	"akita/internal/jsonschema"
	"akita/internal/witness"
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

// A daemon withholds a host until it has occurred often enough. What is known of a parameter does not
// depend on which calls of a route that were: refused calls do not count beside accepted ones.
func TestArgumentOfCallsWithoutTheirHost(t *testing.T) {
	t.Parallel()
	route := routed("x/<int:v>/")
	for name, calls := range map[string][]har.Entry{
		"some accepted": {
			call("/x/1/", 200, "{}", route), call("/x/2/", 404, "{}", route), call("/x/3000/", 401, "{}", route),
			call("/x/4/", 200, "{}", route),
		},
		"none accepted": {
			call("/x/1/", 404, "{}", route), call("/x/2/", 404, "{}", route), call("/x/3000/", 401, "{}", route),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := parametersOf(t, calls, 0)
			for withheld := uint(1); withheld < 1<<len(calls)-1; withheld++ { // one bit for each call
				if got := parametersOf(t, calls, withheld); got != want {
					t.Errorf("without the hosts of calls %04b: %s\nwant %s", withheld, got, want)
				}
			}
		})
	}
}

// parametersOf returns the parameters of the only endpoint of calls, some of which have no host.
func parametersOf(t *testing.T, calls []har.Entry, withheld uint) string {
	t.Helper()
	m := apimodel.New()
	for i := range calls {
		w := witness.FromEntry(&calls[i], witness.Options{})
		if withheld>>i&1 == 1 {
			w.Host = ""
		}
		m.Add(&w)
	}
	var out []string
	for e := range endpoints.Infer(m).Matching(endpoints.Filter{}) {
		text, err := json.Marshal(e.Parameters(jsonschema.Config{}))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e.Path+" "+string(text))
	}
	if len(out) != 1 {
		t.Fatalf("there are %d endpoints: %q", len(out), out)
	}
	return out[0]
}
