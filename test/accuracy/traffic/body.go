package traffic

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"akita/test/accuracy/fiction"
)

const boundary = "----boundary7MA4YWxk"

// IsEmpty reports whether the body has no bytes, such as a form without fields.
func (b *Body) IsEmpty() bool { return b.bytes() == "" }

// bytes returns the body as it is sent.
func (b *Body) bytes() string {
	switch {
	case b.Lines != nil:
		return b.stream()
	case b.Value == nil:
		return b.Text
	case b.Kind.MediaType == "application/x-www-form-urlencoded":
		return urlencoded(b.Value)
	}
	return b.Value.JSON()
}

func (b *Body) stream() string {
	var out strings.Builder
	for i, line := range b.Lines {
		if b.Kind.MediaType == "text/event-stream" {
			fmt.Fprintf(&out, "id: %d\nevent: update\ndata: %s\n\n", i, line.JSON())
		} else {
			out.WriteString(line.JSON() + "\n")
		}
	}
	return out.String()
}

func urlencoded(form *fiction.Value) string {
	var parts []string
	for _, f := range fields(form) {
		parts = append(parts, url.QueryEscape(f.Name)+"="+url.QueryEscape(f.Value))
	}
	return strings.Join(parts, "&")
}

// fields returns the fields of a form. A list becomes several fields of one name.
func fields(form *fiction.Value) []formField {
	var out []formField
	for _, m := range form.Members {
		values := []*fiction.Value{m.Value}
		if m.Value.Kind == fiction.Array {
			values = m.Value.Items
		}
		for _, v := range values {
			f := formField{Name: m.Name, Value: v.Plain()}
			if v.Type.Form.File {
				f.FileName, f.ContentType = "upload.bin", "application/octet-stream"
			}
			out = append(out, f)
		}
	}
	return out
}

func newPostData(b *Body) *postData {
	p := &postData{MimeType: b.Kind.MediaType}
	if b.Kind.MediaType == "multipart/form-data" && b.Value != nil {
		p.MimeType += "; boundary=" + boundary
		p.Params = fields(b.Value)
		p.Text = multipart(p.Params)
		return p
	}
	p.Text, p.Encoding = transport(b.bytes())
	if b.Kind.MediaType == "application/x-www-form-urlencoded" {
		p.Params = fields(b.Value)
	}
	return p
}

func multipart(parts []formField) string {
	var out strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&out, "--%s\r\nContent-Disposition: form-data; name=%q", boundary, p.Name)
		if p.FileName != "" {
			fmt.Fprintf(&out, "; filename=%q\r\nContent-Type: %s", p.FileName, p.ContentType)
		}
		fmt.Fprintf(&out, "\r\n\r\n%s\r\n", p.Value)
	}
	return out.String() + "--" + boundary + "--\r\n"
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
