package witness

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"akita/internal/har"
	"akita/internal/shape"
)

// encoded compresses a text; coding is as in Content-Encoding, or "raw" for deflate without a header.
func encoded(t testing.TB, coding, text string) string {
	t.Helper()
	var out bytes.Buffer
	var z io.WriteCloser
	switch coding {
	case "gzip":
		z = gzip.NewWriter(&out)
	case "deflate":
		z = zlib.NewWriter(&out)
	case "raw":
		z, _ = flate.NewWriter(&out, flate.BestSpeed) // the level is valid
	case "br":
		z = brotli.NewWriter(&out)
	}
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A row says how a body is labelled and written, and what is read of it.
func TestBodiesAreReadAsRecorded(t *testing.T) {
	t.Parallel()
	const (
		object, list = `{"id": 7, "name": "a name"}`, `[{"id": 7}]`
		data, text   = "an object", "a string"
		jsonType     = "application/json"
		html, plain  = "text/html; charset=UTF-8", "text/plain"
		octets       = "application/octet-stream"
		script       = "application/javascript"
		form         = "application/x-www-form-urlencoded"
	)
	wide := func(s string) string { return "\xff\xfe" + strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
	for name, c := range map[string]struct {
		mediaType, coding, text string
		want                    string // data, text, "cut", "none", or why it was not read
		quirks                  []Quirk
	}{
		"JSON":                           {jsonType, "", object, data, nil},
		"JSON that a header calls gzip":  {jsonType, "gzip", object, data, nil},
		"gzip":                           {jsonType, "gzip", encoded(t, "gzip", object), data, nil},
		"gzip without a header":          {jsonType, "", encoded(t, "gzip", object), data, nil},
		"gzip under br":                  {jsonType, "br", encoded(t, "gzip", object), data, nil},
		"deflate":                        {jsonType, "deflate", encoded(t, "deflate", object), data, nil},
		"deflate, raw":                   {jsonType, "deflate", encoded(t, "raw", object), data, nil},
		"br":                             {jsonType, "br", encoded(t, "br", object), data, nil},
		"br of a form":                   {form, "br", encoded(t, "br", "id=7&name=x"), data, nil},
		"br of a page":                   {html, "br", encoded(t, "br", "<html>"), text, nil},
		"gzip of JSON under HTML":        {html, "gzip", encoded(t, "gzip", object), data, nil},
		"gzip without a media type":      {"", "", encoded(t, "gzip", object), data, nil},
		"gzip of nothing":                {jsonType, "gzip", encoded(t, "gzip", ""), "none", nil},
		"gzip, cut":                      {jsonType, "gzip", encoded(t, "gzip", object)[:20], "cut", nil},
		"an archive":                     {octets, "", encoded(t, "gzip", object), "binary", nil},
		"an unknown coding":              {jsonType, "compress", "\x1f\x9d\x90\x00", "compressed-unknown", nil},
		"replaced bytes":                 {jsonType, "gzip", "\x1f\ufffd\b\x00", "damaged", nil},
		"a bomb":                         {jsonType, "gzip", encoded(t, "gzip", strings.Repeat(" ", 3e6)), "too-large", nil},
		"chunks":                         {jsonType, "", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(object), object), data, nil},
		"a mark":                         {jsonType, "", "\ufeff" + object, data, nil},
		"a mark without a media type":    {"", "", "\ufeff" + object, data, nil},
		"UTF-16":                         {jsonType, "", wide(object), data, nil},
		"UTF-16 under HTML":              {html, "", wide(object), data, nil},
		"a charset that is not known":    {"application/json; charset=klingon", "", "{\"a\": \x95\x5c}", "charset", nil},
		"a charset in quotes":            {`application/json; charset="shift_jis"`, "", "{\"a\": \"\x95\x5c\"}", data, nil},
		"NaN":                            {jsonType, "", `{"a": NaN, "b": [1.5, -Infinity]}`, data, []Quirk{QuirkNaN}},
		"NaN as a string":                {jsonType, "", `{"a": "NaN"}`, data, nil},
		"JSON under HTML":                {html, "", object, data, nil},
		"JSON under text":                {plain, "", object, data, nil},
		"JSON under octets":              {octets, "", object, data, nil},
		"JSON under XML":                 {"application/xml", "", object, data, nil},
		"JSON under a form":              {form, "", object, "not-form", nil},
		"JSON under events":              {"text/event-stream", "", object, data, nil},
		"JSON under an unknown type":     {"application/vnd.acme", "", object, data, nil},
		"NaN under HTML":                 {html, "", `{"a": NaN}`, data, []Quirk{QuirkNaN}},
		"a page":                         {html, "", "<html>{}</html>", text, nil},
		"a page that starts like JSON":   {html, "", "{{ template }}", text, nil},
		"JSON and more under text":       {plain, "", object + " and more", text, nil},
		"a number under text":            {plain, "", "17", text, nil},
		"a string under text":            {plain, "", `"x"`, text, nil},
		"null under text":                {plain, "", "null", text, nil},
		"JSON, cut, under text":          {plain, "", object[:9], text, nil},
		"bytes under text":               {plain, "", "a\x00b", "binary", nil},
		"a script":                       {script, "", "let a = 1;", text, nil},
		"a guard":                        {jsonType, "", ")]}',\n" + object, data, []Quirk{QuirkGuard}},
		"a guard under text":             {plain, "", "while(1);" + object, data, []Quirk{QuirkGuard}},
		"a guard and NaN":                {jsonType, "", `for(;;);{"a": NaN}`, data, []Quirk{QuirkGuard, QuirkNaN}},
		"a guard, compressed":            {jsonType, "br", encoded(t, "br", ")]}'\n"+object), data, []Quirk{QuirkGuard}},
		"a guard before a page":          {html, "", "for(;;);<html>", text, nil},
		"JSONP":                          {script, "", "/**/cb(" + object + ");", data, []Quirk{QuirkCallback}},
		"JSONP under JSON":               {jsonType, "", "cb(" + object + ")", data, []Quirk{QuirkCallback}},
		"JSONP with a mark":              {script, "", "\ufeffcb(" + object + ");", data, []Quirk{QuirkCallback}},
		"a call with a string":           {script, "", `alert("x");`, text, nil},
		"two calls":                      {script, "", "a({}); b({});", text, nil},
		"no JSON":                        {jsonType, "", "<html>", "not-json", nil},
		"bytes under JSON":               {jsonType, "", "\x00\x01\x02", "binary", nil},
		"JSON, cut":                      {jsonType, "", object[:9], "cut", nil},
		"no form":                        {form, "", "hello", "not-form", nil},
		"no lines":                       {"application/x-ndjson", "", "hello", "not-json", nil},
		"an image":                       {"image/png", "", "\x89PNG\r\n\x1a\n\x00", "binary", nil},
		"an unknown type":                {"application/vnd.acme", "", "hello", "unknown-type", nil},
		"text without a media type":      {"", "", "hello", "unknown-type", nil},
		"a list under a problem's type":  {"application/problem+json", "", list, "a list", nil},
		"a list of NaN under JavaScript": {script, "", "[NaN]", "a list", []Quirk{QuirkNaN}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			headers := []har.Pair{{Name: "content-encoding", Value: c.coding}}
			out, read := body(&har.Body{MediaType: c.mediaType, Text: c.text}, headers, false, Options{MaxExpanded: 1 << 20})
			if got := outcome(out); got != c.want {
				t.Fatalf("it is %s, want %s", got, c.want)
			}
			if out == nil {
				return
			}
			if !slices.Equal(out.Quirks, c.quirks) {
				t.Errorf("quirks %v, want %v", out.Quirks, c.quirks)
			}
			if want := shape.Bucket(uint64(len(c.text))); !out.Cut && out.Size != want {
				t.Errorf("size %b, want that of the wire, %b", out.Size, want)
			}
			if isObject := c.want == data || c.want == "a list"; isObject != (read != "") && c.mediaType != form {
				t.Errorf("%q was read as JSON", read)
			}
		})
	}
}

// outcome describes what was read of a body.
func outcome(b *Body) string {
	switch {
	case b == nil:
		return "none"
	case b.Shape != nil && b.Unread != "":
		return "read, and not read: " + string(b.Unread)
	case b.Cut:
		return "cut"
	case b.Shape == nil:
		return string(b.Unread)
	case b.Shape.Strs == 1:
		return "a string"
	case b.Shape.Objs == 1:
		return "an object"
	case b.Shape.Arrs == 1:
		return "a list"
	}
	return "something else"
}

func TestFaultsOfARecording(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body *har.Body
		size int64
		want Unread
	}{
		"damaged base64":        {&har.Body{Fault: har.Damaged}, 9, UnreadDamaged},
		"a file that is large":  {&har.Body{Fault: har.TooLarge}, 9, UnreadTooLarge},
		"a file that is absent": {&har.Body{Fault: har.MissingFile}, 9, UnreadMissingFile},
		"a file, not looked at": {&har.Body{File: "x.json"}, 9, UnreadMissingFile},
		"a size only":           {nil, 9, UnreadNotRecorded},
	} {
		e := har.Entry{Request: har.Request{Method: "GET", URL: "/a"}, Response: har.Response{Status: 200, Body: c.body, Size: c.size}}
		e.Response.Headers = []har.Pair{{Name: "Content-Type", Value: "application/json"}}
		w := FromEntry(&e, Options{})
		if w.Response == nil || w.Response.Unread != c.want || w.Response.Size != shape.Bucket(9) {
			t.Errorf("%s: %+v", name, w.Response)
		}
	}
}

// A body that is compressed well does not fill the arena, which keeps its memory.
func TestALargeExpandedBodyIsNotInTheArena(t *testing.T) {
	t.Parallel()
	text := `{"list": [` + strings.Repeat(`{"a": 1, "b": {"c": [1, 2]}},`, 1e4) + `{}]}`
	var arena shape.Arena
	b := &har.Body{MediaType: "application/json", Text: encoded(t, "gzip", text)}
	first, _ := body(b, nil, false, Options{Arena: &arena})
	arena.Reset()
	arena.Shape().Objs = 9 // it would be the first that the body had from the arena
	if first.Shape == nil || first.Shape.Objs != 1 {
		t.Errorf("the shape is in the arena: %+v", first.Shape)
	}
}

// Whatever a body holds, it is read, cut, or has a reason.
func FuzzBody(f *testing.F) {
	f.Add("application/json", "gzip", encoded(f, "gzip", `{"a": NaN}`))
	f.Add("text/html; charset=gbk", "br", "for(;;);[1]")
	f.Add("application/x-www-form-urlencoded", "", "a=1&b=2")
	f.Add("", "", "cb({});")
	f.Fuzz(func(t *testing.T, mediaType, coding, text string) {
		headers := []har.Pair{{Name: "Content-Encoding", Value: coding}}
		out, _ := body(&har.Body{MediaType: mediaType, Text: text}, headers, false, Options{MaxExpanded: 1 << 16})
		if out != nil && (out.Shape != nil) == (out.Unread != "" || out.Cut) {
			t.Errorf("shape %v, unread %q, cut %v", out.Shape, out.Unread, out.Cut)
		}
		if out != nil && out.Unread.Known() != out.Unread {
			t.Errorf("%q is not of the list", out.Unread)
		}
	})
}
