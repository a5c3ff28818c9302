package gate

import (
	"strings"

	"akita/internal/names"
)

// mediaType lets registered media types through, and others that have occurred in callsOfName
// calls. Of the rest, it keeps the top-level type only, as in "application/*".
func (f *filter) mediaType(text string) string {
	if text == "" || names.IsMediaType(text) || f.knows(f.at(0, inMedia), text, callsOfName) {
		return text
	}
	f.held++
	if kind, _, _ := strings.Cut(text, "/"); names.IsTopLevelType(kind) {
		return kind + "/*"
	}
	return "*/*"
}
