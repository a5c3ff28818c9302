package openapi_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"akita/internal/har"
	"akita/internal/openapi"
)

// same reports whether a value equals the value of a JSON text.
func same(t *testing.T, got any, want string) bool {
	t.Helper()
	return reflect.DeepEqual(got, parsed(t, want))
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Records share a component only if they are exactly the same: fields of one endpoint must not appear
// at another.
func TestComponentsLeakNoFields(t *testing.T) {
	t.Parallel()
	const cat = `{"cat":{"id":1,"name":"a b","lives":9}}`
	_, document := documentOf(t, []har.Entry{
		call("/cats", 200, cat), call("/pets", 200, cat), call("/owners", 200, `{"cat":{"id":1,"name":"a b","lives":9,"owner":"c d"}}`),
	}, openapi.Options{Plain: true})
	schema := func(path string) any {
		return at(document, "paths "+path+" get responses 200 content application/json schema properties cat")
	}
	for _, path := range []string{"/cats", "/pets"} {
		if !same(t, schema(path), `{"$ref":"#/components/schemas/Cat"}`) {
			t.Errorf("%s has %s", path, text(t, schema(path)))
		}
	}
	if got := text(t, schema("/owners")); !strings.Contains(got, "owner") || strings.Contains(got, "$ref") {
		t.Errorf("/owners has %s", got)
	}
	if got := text(t, at(document, "components schemas Cat")); strings.Contains(got, "owner") {
		t.Errorf("the component has %s", got)
	}
}

func TestRefusedRequestsTeachNothingOnceOneIsAccepted(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		entries []har.Entry
		want    string
	}{
		"refused ones after":      {[]har.Entry{call("/things", 201, `{}`, sends(`{"a":1}`)), call("/things", 400, `{}`, sends(`{"a":"x"}`)), call("/things", 422, `{}`, sends(`{}`))}, `{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}`},
		"refused ones before":     {[]har.Entry{call("/things", 400, `{}`, sends(`{"b":"x"}`)), call("/things", 422, `{}`, sends(`{}`)), call("/things", 201, `{}`, sends(`{"a":1}`))}, `{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}`},
		"none accepted: all tell": {[]har.Entry{call("/things", 400, `{}`, sends(`{"a":1}`)), call("/things", 422, `{}`, sends(`{}`))}, `{"type":"object","properties":{"a":{"type":"integer"}}}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, document := documentOf(t, test.entries, openapi.Options{Plain: true})
			got := at(document, "paths /things post requestBody content application/json schema")
			if !same(t, got, test.want) {
				t.Errorf("got %s, want %s", text(t, got), test.want)
			}
		})
	}
}

func TestParameters(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		queries []string
		want    string // the schema of "x"
	}{
		"always there":                        {[]string{"x=1", "x=2"}, `{"type":"integer"}`},
		"sometimes there":                     {[]string{"x=1", ""}, `{"type":"integer"}`},
		"repeated in one call":                {[]string{"x=1&x=2", "x=3"}, `{"type":"array","items":{"type":"integer"}}`},
		"repeated, of several types":          {[]string{"x=1&x=ab c", "x=3"}, `{"type":"array","items":{"type":"string"}}`},
		"empty is not given":                  {[]string{"x=", "x=3"}, `{"type":"integer"}`},
		"numbers among words are words":       {[]string{"x=3", "x=a b"}, `{"type":"string"}`},
		"numbers with and without a fraction": {[]string{"x=3", "x=1.5"}, `{"type":"number"}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var entries []har.Entry
			for _, query := range test.queries {
				entries = append(entries, call("/things?"+query, 200, `{}`))
			}
			_, document := documentOf(t, entries, openapi.Options{Plain: true})
			list, _ := at(document, "paths /things get parameters").([]any)
			i := slices.IndexFunc(list, func(p any) bool { return p.(map[string]any)["name"] == "x" })
			if i < 0 {
				t.Fatal("there is no parameter")
			}
			p := list[i].(map[string]any)
			if got := p["schema"]; !same(t, got, test.want) {
				t.Errorf("got %s, want %s", text(t, got), test.want)
			}
		})
	}
}

// An index of a list is not part of a parameter's name.
func TestIndexedParameters(t *testing.T) {
	t.Parallel()
	const integers, texts = ` array integer`, ` array string`
	tests := map[string]struct {
		queries []string
		want    string // each parameter with its type and that of its items, and the calls with an index
	}{
		"a list of records": {
			[]string{"c[0][data]=a b&c[0][search][value]=&c[10][data]=c d&draw=1"},
			"c[][data] array string 1; c[][search][value] array string 1; draw integer",
		},
		"as escaped text":          {[]string{"c%5B0%5D%5Bid%5D=1&c%5B1%5D%5Bid%5D=2"}, "c[][id]" + integers + " 1"},
		"a list of PHP":            {[]string{"a[]=1&a[]=2"}, "a[]" + integers},
		"one item of it":           {[]string{"a[]=1"}, "a[]" + integers},
		"with and without indices": {[]string{"a[]=1", "a[0]=1&a[1]=2", "a[0]=3"}, "a[]" + integers + " 2"},
		"a map":                    {[]string{"a[name]=x y&a[size]=1"}, "a[name] string; a[size] integer"},
		"Rails":                    {[]string{"user[address][0][street]=x y"}, "user[address][][street]" + texts + " 1"},
		"dots":                     {[]string{"items.0.name=x y&items.1.name=z z"}, "items[].name" + texts + " 1"},
		"ASP.NET":                  {[]string{"Items[0].Name=x y"}, "Items[].Name" + texts + " 1"},
		"lists in lists":           {[]string{"m[0][0]=1&m[0][1]=2&m[1][0]=3"}, "m[][]" + integers + " 1"},
		"keys that are ids":        {[]string{"qty[98765]=1&qty[98766]=2"}, "qty[]" + integers + " 1"},
		"a number in a name":       {[]string{"line2=1&address_3=2"}, "address_3 integer; line2 integer"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var entries []har.Entry
			for _, query := range test.queries {
				entries = append(entries, call("/things?"+query, 200, `{}`))
			}
			_, document := documentOf(t, entries, openapi.Options{})
			list, _ := at(document, "paths /things get parameters").([]any)
			var got []string
			for _, p := range list {
				parts := []string{at(p, "name").(string), at(p, "schema type").(string)}
				if items, ok := at(p, "schema items type").(string); ok {
					parts = append(parts, items)
				}
				if indexed, ok := at(p, "x-akita-indexed").(float64); ok {
					parts = append(parts, strconv.Itoa(int(indexed)))
				}
				got = append(got, strings.Join(parts, " "))
			}
			if got := strings.Join(got, "; "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestHeadersOfAnswers(t *testing.T) {
	t.Parallel()
	_, document := documentOf(t, []har.Entry{
		call("/things", 200, `{}`, answersHeader("ETag", `"a"`), answersHeader("X-Total", "7"), answersHeader("Server", "nginx")),
		call("/things", 200, `{}`, answersHeader("ETag", `"b"`), answersHeader("Date", "now"), answersHeader("x-amz-request-id", "1")),
	}, openapi.Options{Plain: true})
	got := at(document, "paths /things get responses 200 headers")
	if want := `{"etag":{"required":true,"schema":{"type":"string"}},"x-total":{"schema":{"type":"integer"}}}`; !same(t, got, want) {
		t.Errorf("got %s, want %s", text(t, got), want)
	}
}
