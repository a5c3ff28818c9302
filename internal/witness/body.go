package witness

import (
	"bufio"
	"strings"

	"akita/internal/har"
	"akita/internal/shape"
)

// body is the shape of a body by its media type. It fails closed: text that does not parse
// as what it claims to be leaves as media type and size.
func body(b *har.Body, contentType string, cut bool, o Options) *Body {
	if b == nil {
		if !cut {
			return nil
		}
		return &Body{MediaType: bareMediaType(contentType), Cut: true}
	}
	if !cut && b.Text == "" && len(b.Params) == 0 {
		return nil // nothing was sent, whatever a header says of it
	}
	declared := b.MediaType
	if declared == "" {
		declared = contentType
	}
	out := &Body{MediaType: bareMediaType(declared), Cut: cut}
	if !cut && b.Text != "" { // else what is here is not how large it was
		out.Size = shape.Bucket(uint64(len(b.Text)))
	}
	so := shape.Options{Enums: o.Enums, Arena: o.Arena}
	switch mediaType := out.MediaType; {
	case isJSON(mediaType) || mediaType == "" && looksLikeJSON(b.Text):
		if s, err := shape.OfJSON(b.Text, so); err == nil {
			out.Shape = s
			if mediaType == "" {
				out.MediaType = "application/json"
			}
		}
	case mediaType == "application/x-www-form-urlencoded":
		out.form(urlencodedFields(b), o)
	case mediaType == "multipart/form-data":
		out.form(multipartFields(b, declared), o)
	case isNDJSON(mediaType):
		out.Shape = linesShape(b.Text, cut, so)
	case mediaType == "text/event-stream":
		out.Shape = eventsShape(b.Text, so)
	case strings.HasPrefix(mediaType, "text/") || isXML(mediaType) || mediaType == "application/graphql":
		out.Shape = &shape.Shape{Strs: 1}
	}
	return out
}

// bareMediaType is a media type in lower case without parameters; "" where it is none.
func bareMediaType(text string) string {
	bare, _, _ := strings.Cut(text, ";")
	bare = strings.ToLower(strings.TrimSpace(bare))
	kind, sub, ok := strings.Cut(bare, "/")
	if !ok || kind == "" || sub == "" || len(bare) > 127 {
		return ""
	}
	for i := range len(bare) {
		if c := bare[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("/!#$&-^_.+*", c) >= 0) {
			return ""
		}
	}
	return bare
}

func isJSON(mediaType string) bool {
	return mediaType == "application/json" || mediaType == "text/json" || mediaType == "application/javascript+json" ||
		strings.HasSuffix(mediaType, "+json") ||
		mediaType == "application/x-json"
}

func isNDJSON(mediaType string) bool {
	switch mediaType {
	case "application/x-ndjson",
		"application/ndjson",
		"application/jsonl",
		"application/x-jsonlines",
		"application/json-seq",
		"application/jsonlines":
		return true
	}
	return false
}

func isXML(mediaType string) bool {
	return mediaType == "application/xml" || strings.HasSuffix(mediaType, "+xml")
}

func looksLikeJSON(text string) bool {
	text = strings.TrimLeft(text, " \t\r\n")
	return strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")
}

// linesShape sums up a stream of JSON texts, one a line, as an array; nil where a line is none.
// Of a stream that is cut, the last line is left out unless it is terminated.
func linesShape(text string, cut bool, o shape.Options) *shape.Shape {
	if cut {
		text = text[:strings.LastIndexByte(text, '\n')+1]
	}
	items, n := new(shape.Shape), uint64(0)
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.Trim(line, " \t\r\x1e")
		if line == "" {
			continue
		}
		s, err := shape.OfJSON(line, o)
		if err != nil {
			return nil
		}
		items.Merge(s)
		n++
	}
	return &shape.Shape{Arrs: 1, Sizes: shape.Bucket(n), Items: items}
}

// eventsShape sums up server-sent events (WHATWG HTML, section 9.2) as an array of their
// data: JSON where all of it is, else strings.
func eventsShape(text string, o shape.Options) *shape.Shape {
	items, n, isText := new(shape.Shape), uint64(0), false
	var data []string
	flush := func() {
		if len(data) == 0 {
			return
		}
		text := strings.Join(data, "\n")
		data = data[:0]
		if text == "[DONE]" {
			return // how streams of the OpenAI kind end
		}
		n++
		s, err := shape.OfJSON(text, o)
		if err != nil {
			isText = true
		} else {
			items.Merge(s)
		}
	}
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, len(text)+1)
	for lines.Scan() {
		line := lines.Text()
		if line == "" {
			flush()
		} else if value, ok := strings.CutPrefix(line, "data:"); ok {
			data = append(data, strings.TrimPrefix(value, " "))
		}
	}
	// What follows the last blank line was cut off: an event ends with one.
	if isText {
		items = &shape.Shape{Strs: n}
	}
	return &shape.Shape{Arrs: 1, Sizes: shape.Bucket(n), Items: items}
}
