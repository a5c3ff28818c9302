package witness

import (
	"encoding/json"
	"strings"
	"testing"

	"akita/internal/har"
	"akita/internal/names"
	"akita/internal/shape"
)

// part writes a part of a multipart form; head is what its headers say behind its name.
func part(name, head, value string) string {
	return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"" + head + "\r\n\r\n" + value + "\r\n"
}

// The fields of forms, with their shapes and what is known of them.
func TestForms(t *testing.T) {
	t.Parallel()
	const (
		multi     = "multipart/form-data; boundary=b"
		urlCoded  = "application/x-www-form-urlencoded"
		isJSONDoc = "\r\nContent-Type: application/json"
	)
	png := func(name string) string {
		return part("photo", "; filename=\""+name+"\"\r\nContent-Type: image/png", "")
	}
	whole := func(parts ...string) string { return strings.Join(parts, "") + "--b--\r\n" }
	field := func(name, value string) har.Param { return har.Param{Name: name, Value: value} }
	for name, c := range map[string]struct {
		mediaType, text string
		params          []har.Param
		want            string // the shape of each field, files, parts
	}{
		"text": {
			multi, whole(part("title", "", "My trip")), nil,
			`{"title":"string"}`,
		},
		"a file with its type": {
			multi, whole(png("a.png")), nil,
			`{"photo":"string"} files photo; photo image/png`,
		},
		"several files of one name": {
			multi, whole(png("a.png"), part("photo", "; filename=\"b\"\r\nContent-Type: IMAGE/webp", "x")), nil,
			`{"photo":["string"]} files photo; photo image/png image/webp`,
		},
		"a file without a type": {
			multi, whole(part("photo", "; filename=\"a\"", "x")), nil,
			`{"photo":"string"} files photo`,
		},
		"a file of unknown type": {
			multi, whole(part("photo", "; filename=\"a\"\r\nContent-Type: application/octet-stream", "x")), nil,
			`{"photo":"string"} files photo`,
		},
		"a file without a name": {
			multi, whole(part("photo", "\r\nContent-Type: image/gif", "GIF")), nil,
			`{"photo":"string"} files photo; photo image/gif`,
		},
		"a text with its type": {
			multi, whole(part("note", "\r\nContent-Type: text/plain; charset=utf-8", "x y"), part("page", "\r\nContent-Type: text/html", "<p>")), nil,
			`{"note":"string","page":"string"}; page text/html`,
		},
		"a JSON part by its type": {
			multi, whole(part("meta", isJSONDoc, `{"a":[1]}`)), nil,
			`{"meta":[{"a":["integer"]}]}; meta JSON application/json`,
		},
		"a JSON part by what it holds": {
			multi, whole(part("meta", "", ` [{"a":1}]`)), nil,
			`{"meta":[[{"a":"integer"}]]}; meta JSON`,
		},
		"a scalar is JSON by its type only": {
			multi, whole(part("n", isJSONDoc, "3"), part("m", "", "3")), nil,
			`{"m":"integer","n":["integer"]}; n JSON application/json`,
		},
		"a JSON part of a vendor": {
			multi, whole(part("meta", "\r\nContent-Type: application/vnd.acme+json", `{}`)), nil,
			`{"meta":[{}]}; meta JSON application/vnd.acme+json`,
		},
		"a JSON part that is not JSON": {
			multi, whole(part("meta", isJSONDoc, `{"a":`)), nil,
			`{"meta":"string"}; meta application/json`,
		},
		"a text that looks like JSON": {
			multi, whole(part("note", "", "[draft] x")), nil,
			`{"note":"string"}`,
		},
		"JSON in one of two parts": {
			multi, whole(part("note", "", `{"a":1}`), part("note", "", "x y")), nil,
			`{"note":["string"]}`,
		},
		"JSON in two parts": {
			multi, whole(part("item", "", `{"a":1}`), part("item", "", `{"a":2,"b":true}`)), nil,
			`{"item":[{"a":"integer","b":"boolean"}]}; item JSON`,
		},
		"JSON that a browser sends as a Blob": {
			multi, whole(part("meta", "; filename=\"blob\""+isJSONDoc, `{"a":1}`)), nil,
			`{"meta":[{"a":"integer"}]}; meta JSON application/json`,
		},
		"a file that holds JSON": {
			multi, whole(part("data", "; filename=\"a.json\""+isJSONDoc, `{"a":1}`)), nil,
			`{"data":"string"} files data; data application/json`,
		},
		"JSON in a URL-encoded form": {
			urlCoded, "filter=%7B%22a%22%3A1%7D&n=1", nil,
			`{"filter":[{"a":"integer"}],"n":"integer"}; filter JSON`,
		},
		"fields as our middleware sends them": {
			multi, "", []har.Param{field("meta", `{"a":1}`), {Name: "photo", FileName: "a.png", ContentType: "image/png"}},
			`{"meta":[{"a":"integer"}],"photo":"string"} files photo; meta JSON; photo image/png`,
		},
		"fields and text as Chrome writes them": {
			multi, whole(part("title", "", "x y"), png("a.png")), []har.Param{field("title", "x y"), field("photo", "(binary)")},
			`{"photo":"string","title":"string"} files photo; photo image/png`,
		},
		"fields of Chrome without text": {
			multi, "", []har.Param{field("title", "x y"), field("photo", "(binary)")},
			`{"photo":"string","title":"string"} files photo`,
		},
		"text without a field of the list": {
			multi, whole(part("title", "", "x y")), []har.Param{field("title", "x y"), field("photo", "(binary)")},
			`{"photo":"string","title":"string"} files photo`,
		},
		"a text that is (binary)": {
			multi, whole(part("title", "", "(binary)")), []har.Param{field("title", "(binary)")},
			`{"title":"string"}`,
		},
		"(binary) in a URL-encoded form": {
			urlCoded, "", []har.Param{field("title", "(binary)")},
			`{"title":"string"}`,
		},
		"a media type without the boundary": {
			"multipart/form-data", whole(part("n", "", "3")), nil,
			`{"n":"integer"}`,
		},
		"a list with indices": {
			multi, whole(part("user[address][0][street]", "", "x y"), part("user[address][1][street]", "", "z z")), nil,
			`{"user[address][][street]":["string"]}; user[address][][street] indexed`,
		},
		"a formset of Django": {
			urlCoded, "form-TOTAL_FORMS=2&form-0-name=a b&form-1-name=c d&form-2x-name=x&other-0-name=x", nil,
			`{"form-2x-name":"string","form-TOTAL_FORMS":"integer","form[]-name":["string"],"other-0-name":"string"}; form[]-name indexed`,
		},
		"names that are data": {
			urlCoded, "ada@example.test=1", nil,
			`{}`,
		},
		"no form": {
			urlCoded, "hunter2", nil,
			`null`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, _ := body(&har.Body{MediaType: c.mediaType, Text: c.text, Params: c.params}, nil, false, Options{})
			if got := formText(t, b); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// formText writes what a form became.
func formText(t *testing.T, b *Body) string {
	t.Helper()
	text, err := json.Marshal(typesOf(b.Shape))
	if err != nil {
		t.Fatal(err)
	}
	got := string(text)
	if len(b.Files) > 0 {
		got += " files " + strings.Join(b.Files, " ")
	}
	for _, p := range b.Parts {
		got += "; " + p.Name
		if p.JSON {
			got += " JSON"
		}
		if p.Indexed {
			got += " indexed"
		}
		for _, mediaType := range p.Types {
			got += " " + mediaType
		}
	}
	return got
}

// typesOf writes a shape as an example that has the names of types for values.
func typesOf(s *shape.Shape) any {
	switch {
	case s == nil:
		return nil
	case s.Object != nil:
		object := make(map[string]any)
		for _, f := range s.Object.Fields {
			object[f.Name] = typesOf(f.Shape)
		}
		return object
	case s.Arrs > 0:
		return []any{typesOf(s.Items)}
	case s.Ints > 0:
		return "integer"
	case s.Bools > 0:
		return "boolean"
	case s.Strs > 0:
		return "string"
	}
	return nil
}

// A form of any bytes has fields within the limits, and no name of a field that is data.
func FuzzForm(f *testing.F) {
	f.Add("multipart/form-data; boundary=b", part("a", "", "1")+part("b", "\r\nContent-Type: application/json", `{"c":1}`)+"--b--")
	f.Add("multipart/form-data", "--x\nContent-Disposition: form-data; name=a[0]\n\n1\n--x--\n")
	f.Add("application/x-www-form-urlencoded", "f-TOTAL_FORMS=1&f-0-a=%5B1%5D&f-0-a=")
	f.Fuzz(func(t *testing.T, mediaType, text string) {
		b, _ := body(&har.Body{MediaType: mediaType, Text: text}, nil, false, Options{})
		if b == nil || b.Shape == nil || !names.IsForm(b.MediaType) {
			return
		}
		if err := b.Shape.Validate(); err != nil {
			t.Fatal(err)
		}
		for _, field := range b.Shape.Object.Fields {
			if shape.IsDataParameter(field.Name) {
				t.Errorf("the name %q is data", field.Name)
			}
		}
		for _, p := range b.Parts {
			if b.Shape.Object.Fields.Get(p.Name) == nil {
				t.Errorf("%q is known of a field that is not there", p.Name)
			}
		}
	})
}
