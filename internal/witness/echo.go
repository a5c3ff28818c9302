package witness

import (
	"cmp"
	"net/url"
	"strings"

	"akita/internal/shape"
)

// addEchoes records for each segment of the path which member of the response repeats it; answer
// is the JSON of the response, "" for none. If "/users/ann" returns {"login": "ann"}, then "ann" is
// probably a value. Only the name of the member leaves the machine, never its value.
func (w *Witness) addEchoes(path, answer string) {
	if answer == "" || w.Status/100 != 2 {
		return
	}
	rest := strings.TrimPrefix(path, "/")
	for i := range min(len(w.Path), maxSegments) {
		var text string
		text, rest, _ = strings.Cut(rest, "/")
		s := &w.Path[i]
		if strings.IndexByte(text, '%') >= 0 {
			if plain, err := url.PathUnescape(text); err == nil {
				text = plain
			}
		}
		if text = strings.TrimSuffix(text, s.Suffix); text != "" {
			s.Echo = cmp.Or(echo(answer, text), echo(answer, otherCase(text)))
		}
	}
}

// otherCase returns a text in upper case in lower case, and the other way round. It returns ""
// for a text with both or without letters. APIs often write a code in upper case in one place
// and in lower case in another.
func otherCase(text string) string {
	var lower, upper bool
	for i := range len(text) {
		c := text[i]
		lower = lower || 'a' <= c && c <= 'z'
		upper = upper || 'A' <= c && c <= 'Z'
	}
	switch {
	case lower && !upper:
		return strings.ToUpper(text)
	case upper && !lower:
		return strings.ToLower(text)
	}
	return ""
}

// UnnamedEcho replaces the name of a member if that is data, or if an item of a list repeats a segment.
const UnnamedEcho = "*"

// echo returns the name of the first member of a JSON text whose whole value is word, as a
// string or a number. It returns "" if there are none. It does not parse the text, which is known
// to be valid: text between quotes is a string, and a string after a colon is a value.
func echo(text, word string) string {
	if word == "" {
		return ""
	}
	if word[0] < '0' || word[0] > '9' {
		return echoOf(text, `"`+word+`"`, func(int, int) bool { return true })
	}
	return echoOf(text, word, func(start, end int) bool {
		if start < 1 || end >= len(text) {
			return false
		}
		before, behind := text[start-1], text[end]
		return before == '"' && behind == '"' ||
			strings.IndexByte(":[, \n\t\r", before) >= 0 && strings.IndexByte(",}] \n\t\r", behind) >= 0
	})
}

// echoOf returns the name of the first member whose value is at an occurrence of part that isWhole
// accepts. It gets the start and the end of each.
func echoOf(text, part string, isWhole func(start, end int) bool) string {
	for from := 0; ; {
		at := strings.Index(text[from:], part)
		if at < 0 {
			return ""
		}
		start := from + at
		from = start + 1
		if !isWhole(start, start+len(part)) {
			continue
		}
		if start > 0 && text[start-1] == '"' && part[0] != '"' {
			start--
		}
		if name := memberBefore(text[:start]); name != "" {
			return name
		}
	}
}

// memberBefore returns the name of the member whose value begins where text ends; "" if no
// value begins there.
func memberBefore(text string) string {
	text = strings.TrimRight(text, " \t\r\n")
	if text == "" {
		return ""
	}
	switch text[len(text)-1] {
	case '[':
		return UnnamedEcho
	case ':':
	default:
		return "" // a name, or a part of a longer string
	}
	text = strings.TrimRight(text[:len(text)-1], " \t\r\n")
	if len(text) < 2 || text[len(text)-1] != '"' {
		return "" // a colon within a string
	}
	text = text[:len(text)-1]
	quote := strings.LastIndexByte(text, '"')
	name := text[quote+1:]
	if name == "" || quote > 0 && text[quote-1] == '\\' || strings.IndexByte(name, '\\') >= 0 || shape.IsDataKey(name) {
		return UnnamedEcho
	}
	return name
}
