package witness

import (
	"testing"

	"akita/internal/har"
	"akita/internal/shape"
)

func TestStreamsAreReadAsTheirItems(t *testing.T) {
	t.Parallel()
	const (
		lines  = "application/x-ndjson"
		events = "text/event-stream"
	)
	tests := []struct {
		name, mediaType, text string
		cut                   bool
		items                 uint64 // with a number in n each
	}{
		{"lines", lines, "{\"n\": 1}\n{\"n\": 2}", false, 2},
		{"lines, the last one cut", lines, "{\"n\": 1}\n{\"n\": 2}\n{\"n", true, 2},
		{"lines, cut behind a line", lines, "{\"n\": 1}\n{\"n\": 2}\n", true, 2},
		{"lines, cut where a line looks whole", lines, "{\"n\": 1}\n{\"n\": 2}", true, 1},
		{"events", events, "data: {\"n\": 1}\n\ndata: {\"n\": 2}\n\n", false, 2},
		{"events, the last one cut", events, "data: {\"n\": 1}\n\ndata: {\"n\": 2}\n", true, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, _ := body(&har.Body{MediaType: tt.mediaType, Text: tt.text}, nil, tt.cut, Options{})
			s := got.Shape
			if s == nil || s.Arrs != 1 || s.Sizes != shape.Bucket(tt.items) || s.Items == nil || s.Items.Objs != tt.items {
				t.Errorf("body(%q) = %+v, want an array of %d objects", tt.text, s, tt.items)
			}
		})
	}
}

func TestALineThatIsNoJSONIsNoStream(t *testing.T) {
	t.Parallel()
	if got, _ := body(&har.Body{MediaType: "application/jsonl", Text: "{}\nno JSON\n"}, nil, false, Options{}); got.Shape != nil {
		t.Errorf("shape %+v, want none", got.Shape)
	}
}

// A form without a field, say, is no body, although its header is there.
func TestNothingIsNoBody(t *testing.T) {
	t.Parallel()
	e := har.Entry{Request: har.Request{Method: "POST", URL: "/a", Body: &har.Body{MediaType: "application/x-www-form-urlencoded"}}}
	if w := FromEntry(&e, Options{}); w.Request != nil {
		t.Errorf("got %+v", w.Request)
	}
	e.Akita.RequestCut = true // it was not read
	if w := FromEntry(&e, Options{}); w.Request == nil || !w.Request.Cut {
		t.Errorf("cut: got %+v", w.Request)
	}
}

// A size that nobody knows is not said.
func TestSizesOfBodies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body *har.Body
		size int64 // of the response, as it says itself; -1 where it does not
		cut  bool
		want shape.Buckets
	}{
		"whole":                       {&har.Body{MediaType: "text/plain", Text: "12345"}, -1, false, shape.Bucket(5)},
		"cut":                         {&har.Body{MediaType: "text/plain", Text: "12345"}, -1, true, 0},
		"cut, but its size is known":  {&har.Body{MediaType: "text/plain", Text: "12345"}, 3000, true, shape.Bucket(3000)},
		"a form as fields, no text":   {&har.Body{MediaType: "application/x-www-form-urlencoded", Params: []har.Param{{Name: "a", Value: "b"}}}, -1, false, 0},
		"a form with its text, whole": {&har.Body{MediaType: "application/x-www-form-urlencoded", Text: "a=b"}, -1, false, shape.Bucket(3)},
	} {
		e := har.Entry{Request: har.Request{Method: "POST", URL: "/a"}, Response: har.Response{Status: 200, Body: c.body, Size: c.size}}
		e.Akita.ResponseCut = c.cut
		w := FromEntry(&e, Options{})
		if w.Response.Size != c.want {
			t.Errorf("%s: size %b, want %b", name, w.Response.Size, c.want)
		}
	}
}
