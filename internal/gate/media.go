package gate

import (
	_ "embed" // the list
	"strings"
)

//go:embed media_types.txt
var mediaTypesText string

var mediaTypes = parseMediaTypes(mediaTypesText)

func parseMediaTypes(text string) map[string]bool {
	types := make(map[string]bool)
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			types[line] = true
		}
	}
	return types
}

// mediaType lets registered media types through, and others that have occurred in callsOfName
// calls. Of the rest, it keeps the top-level type only, as in "application/*".
func (f *filter) mediaType(text string) string {
	if text == "" || mediaTypes[text] {
		return text
	}
	if f.knows(f.at(0, inMedia), text, callsOfName) {
		return text
	}
	f.held++
	switch kind, _, _ := strings.Cut(text, "/"); kind {
	case "application", "audio", "font", "image", "message", "model", "multipart", "text", "video":
		return kind + "/*"
	}
	return "*/*"
}

// knows reports whether a name has occurred in a number of calls at a place, this one included.
func (f *filter) knows(at place, name string, calls uint8) bool {
	key := f.at(at, name)
	if f.memory.isKnown(key) {
		return true
	}
	if f.memory.sighted(key, f.call) < calls {
		return false
	}
	f.memory.know(key)
	return true
}
