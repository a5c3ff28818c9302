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
			got := body(&har.Body{MediaType: tt.mediaType, Text: tt.text}, "", tt.cut, Options{})
			s := got.Shape
			if s == nil || s.Arrs != 1 || s.Sizes != shape.Bucket(tt.items) || s.Items == nil || s.Items.Objs != tt.items {
				t.Errorf("body(%q) = %+v, want an array of %d objects", tt.text, s, tt.items)
			}
		})
	}
}

func TestALineThatIsNoJSONIsNoStream(t *testing.T) {
	t.Parallel()
	if got := body(&har.Body{MediaType: "application/jsonl", Text: "{}\nno JSON\n"}, "", false, Options{}); got.Shape != nil {
		t.Errorf("shape %+v, want none", got.Shape)
	}
}
