package toolbox

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxName is how much of a name is shown: 120 characters of ASCII.
const maxName = 72 * wholeToken

// quoted returns a name from outside as a JSON string. Every character that is invisible, ends a line
// or changes the direction is escaped. A long name is cut, with "…" behind the string.
func quoted(text string) string {
	out, shown := []byte{'"'}, 0
	for _, r := range text {
		if shown >= maxName {
			return string(append(out, `"…`...))
		}
		before := len(out)
		switch {
		case r == '"' || r == '\\':
			out = append(out, '\\', byte(r))
		case unicode.IsPrint(r):
			out = utf8.AppendRune(out, r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		shown += size(string(out[before:]))
	}
	return string(append(out, '"'))
}

// isCut reports whether a quoted text is not complete.
func isCut(quoted string) bool { return strings.HasSuffix(quoted, "…") }

// method returns an HTTP method, quoted if it is not one of the usual ones.
func method(name string) string {
	switch name {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY":
		return name
	}
	return quoted(name)
}
