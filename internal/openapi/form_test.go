package openapi_test

import (
	"slices"
	"testing"

	"akita/internal/har"
	"akita/internal/openapi"
)

// multipart makes a call a POST of a multipart form with these parts.
func multipart(parts ...string) har.Entry {
	text := ""
	for _, part := range parts {
		text += "--b\r\nContent-Disposition: form-data; " + part + "\r\n"
	}
	return call("/things", 201, `{}`, func(e *har.Entry) {
		e.Request.Method = "POST"
		e.Request.Body = &har.Body{MediaType: "multipart/form-data; boundary=b", Text: text + "--b--\r\n"}
	})
}

// Calls that send forms, and the field "x" with its media type in the document.
func TestForms(t *testing.T) {
	t.Parallel()
	const (
		isFile = "name=\"x\"; filename=\"a\"\r\nContent-Type: "
		isJSON = "name=\"x\"\r\nContent-Type: application/json\r\n\r\n"
		isText = "name=\"x\"\r\n\r\n"
		object = `{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}`
	)
	file := func(mediaType string) har.Entry { return multipart(isFile + mediaType + "\r\n\r\n") }
	submitted := func(text string) har.Entry {
		return call("/things", 201, `{}`, submits(text))
	}
	for name, c := range map[string]struct {
		calls    []har.Entry
		schema   string
		encoding string // null for none
	}{
		"a file":                          {[]har.Entry{file("image/png")}, `{"type":"string","format":"binary","contentMediaType":"image/png"}`, `"image/png"`},
		"files of two types":              {[]har.Entry{file("image/png"), file("image/gif")}, `{"type":"string","format":"binary"}`, `"image/gif, image/png"`},
		"a file of unknown type":          {[]har.Entry{file("application/octet-stream")}, `{"type":"string","format":"binary"}`, `null`},
		"several files":                   {[]har.Entry{multipart(isFile+"image/png\r\n\r\n", isFile+"image/png\r\n\r\n")}, `{"type":"array","items":{"type":"string","format":"binary","contentMediaType":"image/png"}}`, `"image/png"`},
		"a file, sometimes none":          {[]har.Entry{file("image/png"), multipart(isText)}, `{"type":"string","format":"binary","contentMediaType":"image/png"}`, `"image/png"`},
		"JSON by its type":                {[]har.Entry{multipart(isJSON + `{"a":1}`)}, `{"type":"object","properties":{"a":{"type":"integer"}}}`, `"application/json"`},
		"JSON by what it holds":           {[]har.Entry{multipart(isText + `{"a":1}`)}, `{"type":"object","properties":{"a":{"type":"integer"}}}`, `"application/json"`},
		"often":                           {slices.Repeat([]har.Entry{multipart(isText + `{"a":1}`)}, 12), object, `"application/json"`},
		"JSON of a vendor":                {[]har.Entry{multipart("name=\"x\"\r\nContent-Type: application/vnd.api+json\r\n\r\n{}")}, `{"type":"object"}`, `"application/vnd.api+json"`},
		"a list":                          {[]har.Entry{multipart(isText + `[1,2]`)}, `{"type":"array","items":{"type":"integer"}}`, `"application/json"`},
		"several JSON parts":              {[]har.Entry{multipart(isText+`{"a":1}`, isText+`{"a":2}`)}, `{"type":"array","items":{"type":"object","properties":{"a":{"type":"integer"}}}}`, `"application/json"`},
		"JSON, sometimes empty":           {[]har.Entry{multipart(isText + `{"a":1}`), multipart(isText)}, `{"type":"object","properties":{"a":{"type":"integer"}}}`, `"application/json"`},
		"JSON, sometimes other text":      {[]har.Entry{multipart(isText + `{"a":1}`), multipart(isText + `a b`)}, `{"type":"string"}`, `null`},
		"JSON by its type, broken":        {[]har.Entry{multipart(isJSON + `{"a":`)}, `{"type":"string"}`, `null`},
		"text with a type":                {[]har.Entry{multipart("name=\"x\"\r\nContent-Type: text/html\r\n\r\n<p>")}, `{"type":"string"}`, `"text/html"`},
		"JSON in a URL-encoded form":      {[]har.Entry{submitted(`x={"a":1}`)}, `{"type":"object","properties":{"a":{"type":"integer"}}}`, `"application/json"`},
		"text in a URL-encoded form":      {[]har.Entry{submitted(`x=1`)}, `{"type":"integer"}`, `null`},
		"a field that came several times": {[]har.Entry{submitted(`x=1&x=2`), submitted(`x=1`)}, `{"type":"array","items":{"type":"integer"}}`, `null`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, document := documentOf(t, c.calls, openapi.Options{Plain: true})
			content := "paths /things post requestBody content "
			mediaType := "multipart/form-data"
			if at(document, content+mediaType) == nil {
				mediaType = "application/x-www-form-urlencoded"
			}
			if got := at(document, content+mediaType+" schema properties x"); !same(t, got, c.schema) {
				t.Errorf("the schema is %s, want %s in\n%s", text(t, got), c.schema, all)
			}
			if got := at(document, content+mediaType+" encoding x contentType"); !same(t, got, c.encoding) {
				t.Errorf("the media type is %s, want %s", text(t, got), c.encoding)
			}
		})
	}
}

// The fields of lists in a form.
func TestIndexedFields(t *testing.T) {
	t.Parallel()
	all, document := documentOf(t, []har.Entry{
		call("/things", 201, `{}`, submits("user[address][0][street]=a b&user[address][1][street]=c d&user[name]=x y&tags[]=a b")),
		call("/things", 201, `{}`, submits("user[name]=x y&tags[0]=a b")),
	}, openapi.Options{})
	got := at(document, "paths /things post requestBody content application/x-www-form-urlencoded schema properties")
	texts := `"items":{"type":"string","x-akita-seen":2}`
	want := `{
		"tags[]":{"type":"array",` + texts + `,"x-akita-seen":2,"x-akita-indexed":1},
		"user[address][][street]":{"type":"array","items":{"type":"string","x-akita-seen":2,"x-akita-sensitive":"contact"},
			"x-akita-seen":1,"x-akita-absent":1,"x-akita-indexed":1},
		"user[name]":{"type":"string","x-akita-seen":2}}`
	if !same(t, got, want) {
		t.Errorf("got %s in\n%s", text(t, got), all)
	}
}
