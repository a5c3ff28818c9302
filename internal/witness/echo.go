package witness

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"akita/internal/segment"
	"akita/internal/shape"
)

// addEchoes records for each segment of the path which member of the response repeats it; answer
// is the JSON of the response, "" for none. If "/users/ann" returns {"login": "ann"}, then "ann" is
// probably a value. Only the name of the member leaves the machine, never its value.
func (w *Witness) addEchoes(path, answer string) {
	if answer == "" || w.Status/100 != 2 {
		return
	}
	if len(w.Path) == 0 {
		return
	}
	quoted := quotedIn(answer)
	rest := strings.TrimPrefix(path, "/")
	for i := range min(len(w.Path), MaxSegments) {
		var text string
		text, rest, _ = segment.Cut(rest)
		s := &w.Path[i]
		text = segment.Unescape(text)
		if s.Prefix != "" || len(s.More) > 0 {
			text = segment.Parse(text).Value
		}
		if text = strings.TrimSuffix(text, s.Suffix); quoted.mayHave(text) {
			s.Echo = cmp.Or(echo(answer, text), echo(answer, otherCase(text)))
		}
	}
}

// quotedTexts is a set of what stands between two quotes in a JSON text. It may have more, and has it in
// any case. One pass over the text spares most segments two searches in it.
type quotedTexts [16]uint64

func quotedIn(text string) (q quotedTexts) {
	start := strings.IndexByte(text, '"') + 1
	for start > 0 {
		length := strings.IndexByte(text[start:], '"')
		if length < 0 {
			break
		}
		if length > 0 {
			at := quotedBit(text[start : start+length])
			q[at/64] |= 1 << (at % 64)
		}
		start += length + 1
	}
	return q
}

// mayHave reports whether a text in any case may be a value: a number, or what stands between two quotes.
func (q *quotedTexts) mayHave(text string) bool {
	if text == "" {
		return false
	}
	if '0' <= text[0] && text[0] <= '9' {
		return true
	}
	for i := range len(text) {
		if text[i] == '"' || text[i] >= utf8.RuneSelf { // the length of other letters may depend on their case
			return true
		}
	}
	at := quotedBit(text)
	return q[at/64]>>(at%64)&1 != 0
}

// quotedBit returns the bit of a text in any case: a hash of its length, its first and its last letter.
func quotedBit(text string) uint {
	first, last := uint(text[0]|0x20), uint(text[len(text)-1]|0x20)
	return (uint(len(text))*31 + first*7 + last*67) % 1024
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
