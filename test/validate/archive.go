package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"akita/internal/har"
)

type object = map[string]any

// archive writes calls as a HAR file, each as the product read it: if the lists of parameters,
// cookies and form fields differ from URL, headers and text, the lists count.
func archive(entries []har.Entry) ([]byte, error) {
	out := []object{}
	for i := range entries {
		out = append(out, archiveEntry(&entries[i]))
	}
	text, err := json.Marshal(
		object{"log": object{"version": "1.2", "creator": object{"name": "validate", "version": "1"}, "entries": out}},
	)
	if err != nil {
		return nil, fmt.Errorf("write HAR: %w", err)
	}
	return text, nil
}

func archiveEntry(e *har.Entry) object {
	request := object{
		"method": e.Request.Method, "url": target(&e.Request), "httpVersion": "HTTP/1.1", "headersSize": -1, "bodySize": -1,
		"headers": headers(&e.Request), "cookies": pairs(e.Request.Cookies), "queryString": pairs(e.Request.Query),
	}
	if b := e.Request.Body; b != nil {
		request["postData"] = content(b)
	}
	response := object{
		"status": e.Response.Status, "statusText": "", "httpVersion": "HTTP/1.1",
		"headersSize": -1, "bodySize": -1, "redirectURL": "",
		"headers": pairs(
			e.Response.Headers,
		), "cookies": pairs(e.Response.Cookies), "content": object{"size": e.Response.Size, "mimeType": ""},
	}
	if b := e.Response.Body; b != nil {
		response["content"] = content(b)
	}
	return object{
		"startedDateTime": e.Started.Format(
			"2006-01-02T15:04:05.000Z",
		), "time": 1, "request": request, "response": response,
		"cache": object{}, "timings": object{"send": 0, "wait": 1, "receive": 0},
	}
}

// target returns the URL with the parameters of the list, and a loopback address as the
// document writes it.
func target(r *har.Request) string {
	path, query, _ := strings.Cut(r.URL, "?")
	path = strings.Replace(path, "://127.0.0.1", "://localhost", 1)
	if len(r.Query) > 0 {
		var parts []string
		for _, p := range r.Query {
			parts = append(parts, url.QueryEscape(p.Name)+"="+url.QueryEscape(p.Value))
		}
		query = strings.Join(parts, "&")
	}
	if query == "" {
		return path
	}
	return path + "?" + query
}

func headers(r *har.Request) []object {
	out := []object{}
	for _, h := range r.Headers {
		if len(r.Cookies) == 0 || !strings.EqualFold(h.Name, "Cookie") {
			out = append(out, object{"name": h.Name, "value": h.Value})
		}
	}
	var cookies []string
	for _, c := range r.Cookies {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	if len(cookies) > 0 {
		out = append(out, object{"name": "Cookie", "value": strings.Join(cookies, "; ")})
	}
	return out
}

func pairs(of []har.Pair) []object {
	out := []object{}
	for _, p := range of {
		out = append(out, object{"name": p.Name, "value": p.Value})
	}
	return out
}

// isBroken reports whether a body claims to be JSON and is not. No document agrees with it.
func isBroken(b *har.Body) bool {
	if b == nil || b.Text == "" {
		return false
	}
	mediaType, _, _ := strings.Cut(b.MediaType, ";")
	return (strings.HasSuffix(mediaType, "/json") || strings.HasSuffix(mediaType, "+json")) &&
		!json.Valid([]byte(b.Text))
}

// content returns a body. A form that has only a list of fields is also written as text.
func content(b *har.Body) object {
	text := b.Text
	if text == "" && len(b.Params) > 0 {
		form := make(url.Values)
		for _, p := range b.Params {
			form.Add(p.Name, p.Value)
		}
		text = form.Encode()
	}
	out := object{"mimeType": b.MediaType, "text": text, "size": len(text)}
	if !utf8.ValidString(text) {
		out["text"], out["encoding"] = base64.StdEncoding.EncodeToString([]byte(text)), "base64"
	}
	return out
}
