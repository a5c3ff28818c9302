package canary

import (
	"encoding/json"
	"net/url"
	"strings"
	"time"
)

// Place is a place of a call that can hold data.
type Place struct {
	Name string
	// Value reports whether the place holds a value, so that nothing of it may ever leave. Other
	// places hold names: of fields, parameters, hosts and media types, some of which may.
	Value bool
	// Words is how many texts may leave that look like words of the API; -1 for the kind's limit.
	Words int
	// Planted is a name that leaves if it is in this place often enough; "" if none does.
	Planted string
	put     func(*call, string)
}

// Allowed returns how many texts of a kind may leave in the first calls of the place.
func (p Place) Allowed(kind Kind) int {
	if kind.Allowed > 0 && p.Words >= 0 {
		return p.Words
	}
	return kind.Allowed
}

// Strict reports whether not a single random text may leave from the place.
func (p Place) Strict() bool { return p.Words >= 0 }

// call is a call to a clinic, into which a canary is put.
type call struct {
	scheme, user, host, path string
	query                    string
	headers, cookies         []pair
	mediaType, body          string
	params                   []any
	answerHeaders            []pair
	answerType, answer       string
	akita                    map[string]any // what the middleware says
}

type pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Places lists the places.
var Places = []Place{
	{
		"a key of the answer",
		false,
		-1,
		"bed_count",
		func(c *call, text string) { c.answer = object(map[string]any{"id": 7, "state": "ok", text: 1}) },
	},
	{
		"a key of the request",
		false,
		-1,
		"ward_count",
		func(c *call, text string) { c.json(map[string]any{"id": 7, "state": "ok", text: "x"}) },
	},
	{"a key in a list", false, -1, "nurse_count", func(c *call, text string) {
		c.answer = object(
			map[string]any{"items": []any{map[string]any{"id": 1, "of": map[string]any{"at": 1, text: true}}}},
		)
	}},
	{
		"a query name",
		false,
		-1,
		"floor_count",
		func(c *call, text string) { c.query = "page=2&" + url.QueryEscape(text) + "=1" },
	},
	{"a query without =", false, -1, "", func(c *call, text string) { c.query = url.QueryEscape(text) }},
	{
		"a form name",
		false,
		-1,
		"visit_count",
		func(c *call, text string) { c.form("page=2&" + url.QueryEscape(text) + "=1") },
	},
	{"a form without =", false, -1, "", func(c *call, text string) { c.form(url.QueryEscape(text)) }},
	{"a field name of a form's list", false, -1, "meal_count", func(c *call, text string) {
		c.form("page=2")
		c.params = []any{pair{"page", "2"}, pair{text, ""}}
	}},
	{"a multipart name", false, -1, "scan_count", func(c *call, text string) { c.upload(text, "2", "") }},
	{
		"a header name",
		false,
		-1,
		"x-room-count",
		func(c *call, text string) { c.headers = append(c.headers, pair{text, "1"}) },
	},
	{
		"a header name of the answer",
		false,
		-1,
		"x-door-count",
		func(c *call, text string) { c.answerHeaders = append(c.answerHeaders, pair{text, "1"}) },
	},
	{"a cookie name", false, -1, "lamp_count", func(c *call, text string) { c.cookie(text, "1") }},
	{"a cookie name of the answer", false, -1, "", func(c *call, text string) {
		c.answerHeaders = append(c.answerHeaders, pair{"Set-Cookie", text + "=1"})
	}},
	{"a host", false, 0, "bedside", func(c *call, text string) { c.host = text + ".example" }},
	{
		"a media type of the request",
		false,
		0,
		"",
		func(c *call, text string) { c.mediaType, c.body = "application/"+text, "x" },
	},
	{
		"a media type of the answer",
		false,
		0,
		"",
		func(c *call, text string) { c.answerType, c.answer = "application/"+text, "x" },
	},
	{"a media type of a part", false, 0, "", func(c *call, text string) {
		c.upload("page", "", "scan")
		c.params = []any{map[string]any{"name": "page", "fileName": "scan", "contentType": "application/" + text}}
	}},
	{
		"a vendor's media type",
		false,
		0,
		"bedlist",
		func(c *call, text string) { c.answerType, c.answer = "application/vnd."+text+"+json", "{}" },
	},

	{
		"a consumer's label in a header",
		false,
		0,
		"bedpad",
		func(c *call, text string) { c.consumer(text, "") },
	},
	{
		"a consumer's version in a header",
		false,
		0,
		"7.1-ward",
		func(c *call, text string) { c.consumer("nursebook", text) },
	},

	{"the header User-Agent", true, 0, "", func(c *call, text string) {
		c.headers = append(c.headers, pair{"User-Agent", "curl/" + text + " (" + text + ")"})
	}},
	{"a segment of the path", true, 10, "", func(c *call, text string) { c.path += "/" + url.PathEscape(text) }},
	{"a user in the URL", true, 0, "", func(c *call, text string) { c.user = url.PathEscape(text) + "@" }},
	{
		"a password in the URL",
		true,
		0,
		"",
		func(c *call, text string) { c.user = "clerk:" + url.PathEscape(text) + "@" },
	},
	{"a port", true, 0, "", func(c *call, text string) { c.host = "clinic.example:" + text }},
	{
		"the header Host",
		true,
		0,
		"",
		func(c *call, text string) { c.headers = append(c.headers, pair{"Host", "clerk:" + text}) },
	},
	{"a parameter of a media type", true, 0, "", func(c *call, text string) { c.answerType += "; boundary=" + text }},
	{"a query value", true, 0, "", func(c *call, text string) { c.query = "page=" + url.QueryEscape(text) }},
	{"a fragment", true, 0, "", func(c *call, text string) { c.query = "page=2#" + url.QueryEscape(text) }},
	{"a form value", true, 0, "", func(c *call, text string) { c.form("page=" + url.QueryEscape(text)) }},
	{"a multipart value", true, 0, "", func(c *call, text string) { c.upload("page", text, "") }},
	{"a file name", true, 0, "", func(c *call, text string) { c.upload("page", "", text) }},
	{"a header value", true, 0, "", func(c *call, text string) { c.headers = append(c.headers, pair{"X-Ward", text}) }},
	{
		"a credential",
		true,
		0,
		"",
		func(c *call, text string) { c.headers = append(c.headers, pair{"Authorization", "Bearer " + text}) },
	},
	{
		"a scheme of credentials",
		true,
		0,
		"",
		func(c *call, text string) { c.headers = append(c.headers, pair{"Authorization", text + " x"}) },
	},
	{
		"a header value of the answer",
		true,
		0,
		"",
		func(c *call, text string) { c.answerHeaders = append(c.answerHeaders, pair{"X-Bed", text}) },
	},
	{"a redirect", true, 0, "", func(c *call, text string) {
		c.answerHeaders = append(c.answerHeaders, pair{"Location", "/patients/" + text})
	}},
	{"a cookie value", true, 0, "", func(c *call, text string) { c.cookie("theme", text) }},
	{
		"a string of the answer",
		true,
		0,
		"",
		func(c *call, text string) { c.answer = object(map[string]any{"id": 7, "name": text}) },
	},
	{
		"a string of the request",
		true,
		0,
		"",
		func(c *call, text string) { c.json(map[string]any{"id": 7, "name": text}) },
	},
	{"a plain body", true, 0, "", func(c *call, text string) { c.answerType, c.answer = "text/plain", text }},
	{"a broken body", true, 0, "", func(c *call, text string) { c.answer = `{"name": "` + text }},
	{"an XML body", true, 0, "", func(c *call, text string) {
		c.answerType, c.answer = "application/xml", "<"+text+">"+text+"</"+text+">"
	}},
	{"a line of a stream", true, 0, "", func(c *call, text string) {
		c.answerType, c.answer = "application/x-ndjson", object(map[string]any{"name": text})+"\n"
	}},
}

// Entry returns call number n of an operation with a text in a place, as a HAR entry of our
// middleware.
func (p Place) Entry(operation string, n int, text string) map[string]any {
	c := newCall(operation)
	p.put(c, text)
	return c.entry(operation, n)
}

func newCall(operation string) *call {
	return &call{
		scheme: "http", host: "clinic.example", path: "/" + operation + "/beds", answerType: "application/json",
		answer: object(map[string]any{"id": 7, "state": "ok"}), akita: make(map[string]any),
	}
}

// MapEntry returns a call whose answer has a map with the given keys.
func MapEntry(operation string, keys []string) map[string]any {
	entries := make(map[string]any, len(keys))
	for i, key := range keys {
		entries[key] = map[string]any{"bed": i, "since": "2026-01-05"}
	}
	c := newCall(operation)
	c.answer = object(map[string]any{operation: entries})
	return c.entry(operation, 0)
}

// start is the time of the first call.
var start = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

func (c *call) entry(operation string, n int) map[string]any {
	target := c.scheme + "://" + c.user + c.host + c.path
	if c.query != "" {
		target += "?" + c.query
	}
	request := map[string]any{
		"method": "POST", "url": target, "httpVersion": "HTTP/1.1",
		"headers": append(
			[]pair{{"Accept", "*/*"}},
			c.headers...), "cookies": append([]pair{}, c.cookies...), "queryString": []pair{},
	}
	if c.mediaType != "" {
		post := map[string]any{"mimeType": c.mediaType, "text": c.body}
		if c.params != nil {
			post["params"] = c.params
		}
		request["postData"] = post
	}
	entry := map[string]any{
		"startedDateTime": start.Add(time.Duration(n) * time.Second).
			Format(time.RFC3339Nano),
		"time": 3, "request": request,
		"response": map[string]any{
			"status": 200, "statusText": "", "httpVersion": "HTTP/1.1", "cookies": []pair{},
			"headers": append([]pair{{"Content-Type", c.answerType}}, c.answerHeaders...),
			"content": map[string]any{"mimeType": c.answerType, "text": c.answer, "size": len(c.answer)},
		},
	}
	if strings.HasSuffix(c.path, "/beds") {
		c.akita["route"], c.akita["view"] = operation+"/beds", "clinic.beds"
	}
	if len(c.akita) > 0 {
		entry["_akita"] = c.akita
	}
	return entry
}

func (c *call) consumer(name, version string) {
	c.akita["consumer"], c.akita["consumer_version"], c.akita["consumer_in_header"] = name, version, true
}

func (c *call) json(value map[string]any) { c.mediaType, c.body = "application/json", object(value) }

func (c *call) form(text string) { c.mediaType, c.body = "application/x-www-form-urlencoded", text }

func (c *call) cookie(name, value string) {
	c.cookies = append(c.cookies, pair{name, value})
	c.headers = append(c.headers, pair{"Cookie", name + "=" + value})
}

func (c *call) upload(name, value, file string) {
	c.mediaType = "multipart/form-data; boundary=xyz"
	field := map[string]any{"name": name, "value": value}
	if file != "" {
		field["fileName"] = file + ".pdf"
		field["contentType"] = "application/pdf"
	}
	c.params = []any{pair{"title", "x"}, field}
}

// object writes a JSON object.
func object(value map[string]any) string {
	text, err := json.Marshal(value)
	if err != nil { // cannot happen: strings, numbers, lists and maps of them
		return err.Error()
	}
	return string(text)
}
