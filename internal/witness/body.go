package witness

import (
	"bufio"
	"strings"

	"akita/internal/har"
	"akita/internal/names"
	"akita/internal/shape"
)

// body returns the shape of a body by its media type, and the JSON text that the shape is of, ""
// if it is of none. It fails closed: a text that does not parse as what it claims to be leaves as
// media type, size and the reason why it was not read.
func body(b *har.Body, headers []har.Pair, cut bool, o Options) (out *Body, jsonText string) {
	contentType := header(headers, "Content-Type")
	if b == nil {
		if !cut {
			return nil, ""
		}
		return &Body{MediaType: bareMediaType(contentType), Cut: true}, ""
	}
	fault := unreadFault(b)
	if !cut && fault == "" && b.Text == "" && len(b.Params) == 0 {
		return nil, "" // nothing was sent, although a header describes it
	}
	declared := b.MediaType
	if declared == "" {
		declared = contentType
	}
	out = &Body{MediaType: bareMediaType(declared), Cut: cut, Unread: fault}
	if !cut && b.Text != "" { // else the text does not show how large it was
		out.Size = shape.Bucket(uint64(len(b.Text)))
	}
	if fault != "" {
		return out, ""
	}
	r := reader{body: b, headers: headers, declared: declared, options: o, out: out}
	r.read()
	return r.out, r.json
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

// The media types of forms, and of server-sent events.
const (
	urlencodedForm = "application/x-www-form-urlencoded"
	multipartForm  = "multipart/form-data"
	eventStream    = "text/event-stream"
)

// IsStructured reports whether bodies of a media type are JSON values, forms, or streams of JSON
// values by its definition, rather than because senders label them wrongly.
func IsStructured(mediaType string) bool {
	return isJSON(mediaType) || isNDJSON(mediaType) || names.IsForm(mediaType) || mediaType == eventStream ||
		mediaType == ""
}

// isText reports whether bodies of a media type are text of which no structure is read.
func isText(mediaType string) bool {
	switch mediaType {
	case "application/javascript", "application/x-javascript", "application/ecmascript", "application/yaml",
		"application/x-yaml", graphqlText:
		return true
	}
	return strings.HasPrefix(mediaType, "text/") || isXML(mediaType)
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
