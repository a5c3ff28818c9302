package openapi_test

import (
	"encoding/json"
	"reflect"
	"slices"
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
