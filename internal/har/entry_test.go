package har_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"akita/internal/har"
)

const whole = `{
 "startedDateTime": "2026-01-05T10:00:00.5+01:00", "time": 31.5,
 "request": {"method": "POST", "url": "http://h/a?b=c", "httpVersion": "HTTP/1.1",
  "cookies": [{"name": "sid", "value": "x"}], "headers": [{"name": "Accept", "value": "a: b"}],
  "queryString": [{"name": "b", "value": "c"}],
  "postData": {"mimeType": "multipart/form-data; boundary=x", "text": "t",
   "params": [{"name": "f", "fileName": "a.txt", "contentType": "text/plain", "value": "v"}]},
  "headersSize": -1, "bodySize": 1},
 "response": {"status": 201, "statusText": "Created", "headers": [], "cookies": [],
  "content": {"size": 3, "mimeType": "application/json", "text": "e30x", "encoding": "base64"}, "bodySize": 3},
 "cache": {}, "timings": {"send": 0, "wait": 12.25, "receive": 1},
 "_akita": {"route": "a/<int:pk>/", "converters": {"pk": "int"}, "view": "v.V",
  "source": "test", "streamed": true, "request_cut": true, "response_cut": false},
 "_resourceType": "xhr", "_initiator": {"type": "script", "stack": {}}
}`

func TestParseEntryReadsEveryMember(t *testing.T) {
	t.Parallel()
	var got har.Entry
	if err := har.ParseEntry([]byte(whole), &got); err != nil {
		t.Fatal(err)
	}
	want := har.Entry{
		Started: time.Date(2026, 1, 5, 9, 0, 0, 5e8, time.UTC),
		Latency: 12250 * time.Microsecond,
		Request: har.Request{
			Method: "POST", URL: "http://h/a?b=c",
			Headers: []har.Pair{{Name: "Accept", Value: "a: b"}},
			Cookies: []har.Pair{{Name: "sid", Value: "x"}},
			Query:   []har.Pair{{Name: "b", Value: "c"}},
			Body: &har.Body{MediaType: "multipart/form-data; boundary=x", Text: "t",
				Params: []har.Param{{Name: "f", Value: "v", FileName: "a.txt", ContentType: "text/plain"}}},
		},
		Response: har.Response{Status: 201, Body: &har.Body{MediaType: "application/json", Text: "{}1"}, Size: 3},
		Akita: har.Akita{Known: true, Route: "a/<int:pk>/", Converters: map[string]string{"pk": "int"}, View: "v.V",
			IsTest: true, Streamed: true, RequestCut: true},
		ResourceType: "xhr", Initiator: "script",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// is reports whether there is a body, and it is the one that is wanted.
func is(got *har.Body, want har.Body) bool { return got != nil && reflect.DeepEqual(*got, want) }

// get is the request of the entries below.
const get = `"request":{"method":"GET","url":"/"}`

func TestParseEntryToleratesDifferentWriters(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		json string
		want func(har.Entry) bool
	}{
		"members of another type": {
			`{"request":{"method":"GET","url":"/","headers":{},"cookies":null,"queryString":"x","postData":[]},` +
				`"response":"no","timings":1,"time":"12","_akita":null,"_initiator":"x"}`,
			func(e har.Entry) bool {
				return e.Latency == 12*time.Millisecond && !e.Akita.Known && e.Request.Body == nil
			},
		},
		"no response": {
			`{` + get + `}`,
			func(e har.Entry) bool { return e.Response.Status == 0 && e.Latency == -1 && e.Response.Size == -1 },
		},
		"a time without a zone": {
			`{"startedDateTime":"2026-01-05T10:00:00",` + get + `}`,
			func(e har.Entry) bool { return e.Started.IsZero() },
		},
		"a time without wait": {
			`{"time":7,"timings":{"wait":0},` + get + `}`,
			func(e har.Entry) bool { return e.Latency == 7*time.Millisecond },
		},
		"a negative time is unknown": {
			`{"time":-1,"timings":{"wait":-1},` + get + `}`,
			func(e har.Entry) bool { return e.Latency == -1 },
		},
		"a huge time": {
			`{"time":1e300,` + get + `}`,
			func(e har.Entry) bool { return e.Latency == 365*24*time.Hour },
		},
		"a number as form value": {
			`{"request":{"method":"GET","url":"/","postData":{"params":[{"name":"n","value":12}]}}}`,
			func(e har.Entry) bool { return e.Request.Body.Params[0].Value == "12" },
		},
		"invalid base64": {
			`{` + get + `,"response":{"status":200,"content":{"text":"%%%","encoding":"base64"}}}`,
			func(e har.Entry) bool { return is(e.Response.Body, har.Body{Fault: har.Damaged}) },
		},
		"JSON that is labelled as base64": {
			`{` + get + `,"response":{"status":200,"content":{"text":" {\"a\":1}","encoding":"base64"}}}`,
			func(e har.Entry) bool { return e.Response.Body.Text == ` {"a":1}` && e.Response.Body.Fault == "" },
		},
		"base64 over several lines": {
			`{` + get + `,"response":{"status":200,"content":{"text":"eyJh\r\nIjoxfQ==","encoding":"BASE64"}}}`,
			func(e har.Entry) bool { return e.Response.Body.Text == `{"a":1}` },
		},
		"a body in a file": {
			`{` + get + `,"response":{"status":200,"content":{"size":9,"_file":"1f.json"}}}`,
			func(e har.Entry) bool { return is(e.Response.Body, har.Body{File: "1f.json"}) && e.Response.Size == 9 },
		},
		"a body in the entry and in a file": {
			`{` + get + `,"response":{"status":200,"content":{"text":"{}","_file":"1f.json"}}}`,
			func(e har.Entry) bool { return is(e.Response.Body, har.Body{Text: "{}"}) },
		},
		"a request's body in a file": {
			`{"request":{"method":"POST","url":"/","postData":{"mimeType":"a/b","_file":"1f.bin"}}}`,
			func(e har.Entry) bool { return is(e.Request.Body, har.Body{MediaType: "a/b", File: "1f.bin"}) },
		},
		"an invalid status": {
			`{` + get + `,"response":{"status":-3}}`,
			func(e har.Entry) bool { return e.Response.Status == 0 },
		},
		"a path that looks like a scheme": {
			`{"request":{"method":"GET","url":"data"}}`,
			func(e har.Entry) bool { return e.Request.URL == "data" },
		},
		"a web socket": {
			`{"request":{"method":"GET","url":"wss://h/"}}`,
			func(e har.Entry) bool { return e.Request.URL == "wss://h/" },
		},
		"an unknown route": {
			`{` + get + `,"_akita":{"view":"v","streamed":false}}`,
			func(e har.Entry) bool { return !e.Akita.Known && e.Akita.View == "v" },
		},
		"an unmatched route": {
			`{` + get + `,"_akita":{"route":null}}`,
			func(e har.Entry) bool { return e.Akita.Known && e.Akita.Route == "" },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var e har.Entry
			if err := har.ParseEntry([]byte(c.json), &e); err != nil {
				t.Fatal(err)
			}
			if !c.want(e) {
				t.Errorf("got %+v", e)
			}
		})
	}
}

func TestParseEntryRejects(t *testing.T) {
	t.Parallel()
	for json, want := range map[string]error{
		`[]`:                                 har.ErrNotAnObject,
		`null`:                               har.ErrNotAnObject,
		`{}`:                                 har.ErrNoRequest,
		`{"request":null}`:                   har.ErrNoRequest,
		`{"request":{"url":"/"}}`:            har.ErrNoMethod,
		`{"request":{"method":"GET"}}`:       har.ErrNoURL,
		`{"request":{"method":7,"url":[]}}`:  har.ErrNoURL,
		`{"request":{"method":[],"url":""}}`: har.ErrNoMethod,
		`{"request":{"method":"GET","url":"data:image/png;base64,iVBORw0KGgo="}}`: har.ErrNotHTTP,
		`{"request":{"method":"GET","url":"Chrome-Extension://abc/x.js"}}`:        har.ErrNotHTTP,
	} {
		var e har.Entry
		if err := har.ParseEntry([]byte(json), &e); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", json, err, want)
		}
	}
	for _, json := range []string{``, `{`, `{"request"`, whole[:200], whole + "x"} {
		var e har.Entry
		if err := har.ParseEntry([]byte(json), &e); err == nil {
			t.Errorf("%q is accepted", json)
		}
	}
}
