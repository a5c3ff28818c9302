package witness

import (
	"net/url"
	"strings"

	"akita/internal/format"
	"akita/internal/har"
	"akita/internal/names"
	"akita/internal/shape"
)

// maxSegments bounds the segments of a path; the rest is one segment of kind string.
const maxSegments = 64

// path sets what the witness says of the path: the template of the framework's route or, without
// one, the segments: which are words, and the shapes of the others.
func (w *Witness) path(path string, a *har.Akita, o Options) {
	matched := a.Known && (a.Route != "" || a.View != "") // the route of Django's path("", …) is empty
	if matched {
		if taken, base, ok := readRoute(a.Route, path, o.Routes); ok {
			w.Template = taken.path
			w.BaseTemplate = base
			w.View = view(a.View)
			w.PathArgs = taken.args(path, a.Converters, o)
			return
		}
		w.Path = routeSegments(a.Route, path, o)
		return
	}
	w.NoRoute = a.Known
	words := !w.NoRoute && !o.StrictPaths
	path = strings.TrimPrefix(path, "/")
	w.Path = make([]Segment, 0, min(strings.Count(path, "/"), maxSegments)+1)
	for i := 0; ; i++ {
		segment, rest, more := strings.Cut(path, "/")
		if i == maxSegments {
			segment, more = path, false
		}
		w.Path = append(w.Path, newSegment(segment, words, o))
		if !more {
			return
		}
		path = rest
	}
}

// view returns the name of a view if it reads as one, else "".
func view(name string) string {
	if len(name) > 200 {
		return ""
	}
	for i := range len(name) {
		if c := name[i]; !(c == '.' || c == '_' || c == ':' || c == '-' || '0' <= c && c <= '9' ||
			'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '<' || c == '>') {
			return ""
		}
	}
	return name
}

func newSegment(escaped string, words bool, o Options) Segment {
	if escaped == "" {
		return Segment{}
	}
	text := escaped
	if plain, err := url.PathUnescape(escaped); err == nil {
		text = plain
	}
	stem, suffix := CutSuffix(text)
	switch {
	case !words:
		return Segment{Kind: segmentShape(text, o)}
	case suffix != "" && !format.IsWord(stem):
		return Segment{Kind: segmentShape(stem, o), Suffix: suffix}
	case format.IsWord(text):
		return Segment{Literal: text}
	}
	return Segment{Kind: segmentShape(text, o)}
}

// CutSuffix splits a segment into a value and the code that follows it: an action as in "17:cancel"
// (Google's AIP-136), or the ending of a file as in "17.csv".
func CutSuffix(text string) (stem, suffix string) {
	if at := strings.IndexByte(text, ':'); at > 0 && isAction(text[at+1:]) {
		return text[:at], text[at:]
	}
	at := strings.LastIndexByte(text, '.')
	if at <= 0 || !names.IsFileEnding(text[at+1:]) {
		return text, ""
	}
	if text[at:] == ".gz" && strings.HasSuffix(text[:at], ".tar") && at > 4 {
		at -= 4
	}
	return text[:at], text[at:]
}

// isAction reports whether the text after a colon is an action: a word of letters.
func isAction(text string) bool {
	if len(text) < 3 || len(text) > 40 {
		return false
	}
	for i := range len(text) {
		if c := text[i]; !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && (c == '_' || c == '-')) {
			return false
		}
	}
	return format.IsWord(text)
}

// segmentShape returns the shape of a value in a path. Unlike elsewhere, its length is kept only if it
// is an integer: together with the words around it, it would reveal too much of a name.
func segmentShape(text string, o Options) *shape.Shape {
	s := shape.OfText(text, shape.Options{Enums: o.Enums, Arena: o.Arena})
	s.Lengths = 0
	return s
}
