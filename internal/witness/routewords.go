package witness

import (
	"net/url"
	"strings"

	"akita/internal/format"
)

// unanchored is the start of a route whose pattern may match anywhere in the path, such as
// Django's re_path("version/").
const unanchored = "^.*"

// routeSegments reads a path that matched a route which cannot be written as a template.
// Only segments that occur in the route are literals. Any other text was matched by a group or a
// class of characters, so it may be data. The part before an unanchored pattern does not belong
// to the route and is read like a path without a route.
func routeSegments(text, path string, o Options) []Segment {
	known := routeWords(text)
	fold := strings.Contains(text, "(?i")
	before := strings.HasPrefix(text, unanchored) && !o.StrictPaths
	segments := make([]Segment, 0, min(strings.Count(path, "/"), MaxSegments)+1)
	path = strings.TrimPrefix(path, "/")
	for i, more := 0, true; more; i++ {
		var escaped string
		if escaped, path, more = strings.Cut(path, "/"); more && i == MaxSegments {
			escaped, more = escaped+"/"+path, false
		}
		word, ok := known.find(escaped, fold)
		before = before && !ok
		switch {
		case ok && format.IsWord(word):
			segments = append(segments, Segment{Literal: word})
		default:
			segments = append(segments, newSegment(escaped, before, o))
		}
	}
	return segments
}

// words are texts that stand in a route.
type words []string

// find returns the word that an escaped segment is, as the route writes it.
func (w words) find(escaped string, fold bool) (string, bool) {
	segment := escaped
	if plain, err := url.PathUnescape(escaped); err == nil {
		segment = plain
	}
	for _, word := range w {
		if word == segment || fold && strings.EqualFold(word, segment) {
			return word, true
		}
	}
	return "", false
}

// routeWords returns the texts between the slashes and operators of a route. A segment that equals
// one of them is code, not data.
func routeWords(text string) words {
	if len(text) > maxRouteBytes {
		return nil
	}
	var found words
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			found = append(found, word.String())
			word.Reset()
		}
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			i++
			if strings.IndexByte(`.-_:~+@!$&',;=`, text[i]) >= 0 {
				word.WriteByte(text[i])
			} else {
				flush()
			}
		case c == '(':
			flush()
			i += groupHead(text[i:])
		case c == '[':
			flush()
			i += bracketEnd(text[i:], ']')
		case c == '{':
			flush()
			i += bracketEnd(text[i:], '}')
		case c == '<':
			flush()
			i += bracketEnd(text[i:], '>')
		case strings.IndexByte("/)|?*+^$. ", c) >= 0:
			flush()
		default:
			word.WriteByte(c)
		}
	}
	flush()
	return found
}

// groupHead returns the index of the last byte before the pattern of a group, which follows its
// name, flags or kind.
func groupHead(text string) int {
	if !strings.HasPrefix(text, "(?") {
		return 0
	}
	if strings.HasPrefix(text, "(?P<") {
		return bracketEnd(text, '>')
	}
	if end := strings.IndexAny(text, ":=!#)"); end >= 0 {
		return end
	}
	return len(text)
}

// bracketEnd returns the index of the closing bracket of text, or of its end.
func bracketEnd(text string, closing byte) int {
	if end := strings.IndexByte(text[1:], closing); end >= 0 {
		return end + 1
	}
	return len(text)
}
