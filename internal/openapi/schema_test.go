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

// schemaOf is what the document of answers says of them.
func schemaOf(t *testing.T, bodies []string) (document, schema any) {
	t.Helper()
	var entries []har.Entry
	for _, body := range bodies {
		entries = append(entries, call("/things", 200, body))
	}
	_, document = documentOf(t, entries, openapi.Options{Plain: true})
	return document, at(document, "paths /things get responses 200 content application/json schema")
}

// same reports whether a value is what a JSON text says.
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

// times repeats texts in turn until there are n.
func times(n int, texts ...string) []string {
	var out []string
	for i := range n {
		out = append(out, texts[i%len(texts)])
	}
	return out
}

// numbered writes n texts, in each of which "#" is a number of its own.
func numbered(n int, text string) []string {
	var out []string
	for i := range n {
		out = append(out, strings.ReplaceAll(text, "#", strconv.Itoa(100+i)))
	}
	return out
}

func TestSchemas(t *testing.T) {
	t.Parallel()
	const record = `{"type":"object","properties":`
	tests := map[string]struct {
		bodies []string
		want   string
	}{
		"a field that was not always there is optional": {
			[]string{`{"a":1,"b":true}`, `{"a":2}`},
			record + `{"a":{"type":"integer"},"b":{"type":"boolean"}},"required":["a"]}`,
		},
		"null makes nullable, whole numbers are numbers among others": {
			[]string{`{"a":null,"b":1}`, `{"a":"x y","b":1.5}`},
			record + `{"a":{"type":["string","null"]},"b":{"type":"number"}},"required":["a","b"]}`,
		},
		"kinds that only their name tells apart are one": {
			times(6, `{"type":"cat","age":9}`, `{"type":"dog","age":2}`),
			record + `{"age":{"type":"integer"},"type":{"type":"string","enum":["cat","dog"]}},"required":["age","type"]}`,
		},
		"an optional field makes no kinds": {
			[]string{`{"action":"log","n":1}`, `{"action":"block","n":1,"limit":5}`},
			record + `{"action":{"type":"string"},"limit":{"type":"integer"},"n":{"type":"integer"}},"required":["action","n"]}`,
		},
		"kinds of which each has exactly one of some fields": {
			times(16, `{"id":1,"result":true}`, `{"id":2,"error":"no such thing"}`),
			`{"oneOf":[` + record + `{"error":{"type":"string"},"id":{"type":"integer"}},"required":["error","id"]},` +
				record + `{"id":{"type":"integer"},"result":{"type":"boolean"}},"required":["id","result"]}]}`,
		},
		"one of two fields in a few objects is chance": {
			[]string{`{"id":1,"result":true}`, `{"id":2,"error":"no such thing"}`},
			record + `{"error":{"type":"string"},"id":{"type":"integer"},"result":{"type":"boolean"}},"required":["id"]}`,
		},
		"keys that are dates are data": {
			[]string{`{"2026-01-05":1}`, `{"2026-01-06":2,"2026-01-07":3}`},
			`{"type":"object","additionalProperties":{"type":"integer"},"propertyNames":{"format":"date"}}`,
		},
		"ever new words are keys that are data, whatever stands under them": {
			[]string{`{"oak":1,"elm":"a b"}`, `{"fir":2}`, `{"ash":3,"yew":"c d"}`, `{"box":1}`, `{"bay":2,"fig":"e f"}`, `{"nut":1}`},
			`{"type":"object","additionalProperties":{"type":["integer","string"]}}`,
		},
		"a record that stands in itself": {
			[]string{`{"id":1,"text":"a b","replies":[{"id":2,"text":"c d","replies":[{"id":3,"text":"e f","replies":[]}]}]}`},
			`{"$ref":"#/components/schemas/Thing"}`,
		},
		"words that came again and again are an enum": {
			times(12, `{"shade":"dark"}`, `{"shade":"light"}`),
			record + `{"shade":{"type":"string","enum":["dark","light"]}},"required":["shade"]}`,
		},
		"words that came once are not": {
			append(times(12, `{"shade":"dark"}`, `{"shade":"light"}`), `{"shade":"dim"}`),
			record + `{"shade":{"type":"string"}},"required":["shade"]}`,
		},
		"names are no enum, however few": {
			times(12, `{"city":"oslo","last_name":"holm","tag":"new"}`, `{"city":"lima","last_name":"vega","tag":"old"}`),
			record + `{"city":{"type":"string"},"last_name":{"type":"string"},"tag":{"type":"string"}},"required":["city","last_name","tag"]}`,
		},
		"secrets are no enum, what sort they are is": {
			times(12, `{"token":"red","token_type":"bearer"}`, `{"token":"blue","token_type":"mac"}`),
			record + `{"token":{"type":"string"},"token_type":{"type":"string","enum":["bearer","mac"]}},"required":["token","token_type"]}`,
		},
		"a decimal of three characters may be a version": {
			times(6, `{"jsonrpc":"2.0","total":"12.50"}`),
			record + `{"jsonrpc":{"type":"string"},"total":{"type":"string","format":"decimal"}},"required":["jsonrpc","total"]}`,
		},
		"many integers that are all times are times, unless the name says otherwise": {
			numbered(6, `{"joined":1700000#,"size":1700000#}`),
			record + `{"joined":{"type":"integer","format":"unixtime"},"size":{"type":"integer"}},"required":["joined","size"]}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, got := schemaOf(t, test.bodies); !same(t, got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", text(t, got), test.want)
			}
		})
	}
}

// The tree's component refers to itself.
func TestRecursion(t *testing.T) {
	t.Parallel()
	document, _ := schemaOf(t, []string{`{"id":1,"text":"a b","replies":[{"id":2,"text":"c d","replies":[{"id":3,"text":"e f","replies":[]}]}]}`})
	got := at(document, "components schemas Thing")
	if want := `{"type":"object","properties":{"id":{"type":"integer"},"text":{"type":"string"},"replies":{"type":"array","items":{"$ref":"#/components/schemas/Thing"}}},"required":["id","replies","text"]}`; !same(t, got, want) {
		t.Errorf("got %s", text(t, got))
	}
}

// Records share a component only where they are exactly the same: no field of one endpoint
// shows at another.
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
