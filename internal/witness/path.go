package witness

import (
	"iter"
	"strings"

	"akita/internal/format"
	"akita/internal/har"
	"akita/internal/names"
	"akita/internal/segment"
	"akita/internal/shape"
)

// MaxSegments bounds the segments of a path; the rest is one segment of kind string.
const MaxSegments = 64

// path sets what the witness says of the path: the template of the framework's route or, without
// one, the segments: which are words, and the shapes of the others.
func (w *Witness) path(path string, a *har.Akita, o Options) {
	matched := a.Known && (a.Route != "" || a.View != "") // the route of Django's path("", …) is empty
	if matched {
		w.View = ViewName(a.View)
		if taken, base, ok := readRoute(a.Route, path, o.Cache); ok {
			w.Template = taken.path
			w.BaseTemplate = base
			w.PathArgs = taken.args(path, a.Converters, o)
			return
		}
		w.Path = routeSegments(a.Route, path, o)
		return
	}
	w.NoRoute = a.Known
	words := !w.NoRoute && !o.StrictPaths
	path = strings.TrimPrefix(path, "/")
	w.Path = make([]Segment, 0, min(strings.Count(path, "/"), MaxSegments)+1)
	near := true // only words came so far
	for i := 0; ; i++ {
		escaped, rest, more := segment.Cut(path)
		if i == MaxSegments {
			escaped, more = path, false
		}
		s := newSegment(escaped, words, o)
		if near = near && words && i < maxVersionDepth; near {
			near = w.nameVersion(&s, escaped, rest)
		}
		w.Path = append(w.Path, s)
		if !more {
			return
		}
		path = rest
	}
}

// maxVersionDepth bounds the segments in front of a path among which a date may be a version.
const maxVersionDepth = 4

// nameVersion makes a date a literal if it stands where the version of an API does: behind words
// that do not speak of dates, and before what is called. Whether it is one is decided later, by how
// many dates there are. It reports whether the segment is a literal.
func (w *Witness) nameVersion(s *Segment, text, rest string) bool {
	before := ""
	if n := len(w.Path); n > 0 {
		before = w.Path[n-1].Literal
	}
	if rest != "" && format.IsDatedVersion(text) && names.TakesVersion(before) {
		*s = Segment{Literal: text}
	}
	return s.Literal != ""
}

// ViewName returns the name of a view as witnesses have it, "" if it does not read as one.
func ViewName(name string) string {
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

// newSegment reads a segment. Without words it is a value.
func newSegment(escaped string, words bool, o Options) Segment {
	text := segment.Unescape(escaped)
	switch {
	case text == "":
		return Segment{}
	case !words:
		return Segment{Kind: segmentShape(text, o)}
	case o.Cache.isWord(text):
		return Segment{Literal: text}
	}
	read := segment.Parse(text)
	if read.Value == "" {
		if read.Word == text {
			o.Cache.addWord(text)
		}
		return Segment{Literal: read.Word}
	}
	s := Segment{Prefix: read.Prefix, Kind: valueShape(read.Prefix, read.Value, o), Suffix: read.Suffix}
	code := read.Suffix
	for _, v := range read.More {
		s.More = append(s.More, SegmentValue{Kind: valueShape(code, v.Text, o), Suffix: v.Suffix})
		code = v.Suffix
	}
	return s
}

// valueShape returns the shape of a value behind code. What is quoted is a text.
func valueShape(code, text string, o Options) *shape.Shape {
	s := segmentShape(text, o)
	if strings.HasSuffix(code, "'") && s.Strs == 0 {
		*s = shape.Shape{Strs: 1}
	}
	return s
}

// Form returns the code of a segment that holds values, as a key (segment.Form).
func (s *Segment) Form() string {
	if len(s.More) == 0 {
		return segment.Form(s.Prefix, s.Suffix)
	}
	suffixes := make([]string, len(s.More))
	for i, v := range s.More {
		suffixes[i] = v.Suffix
	}
	return segment.Form(s.Prefix, s.Suffix, suffixes...)
}

// Values yields the kinds of the values of a segment.
func (s *Segment) Values() iter.Seq2[int, *shape.Shape] {
	return func(yield func(int, *shape.Shape) bool) {
		if s.Kind == nil || !yield(0, s.Kind) {
			return
		}
		for i, v := range s.More {
			if !yield(i+1, v.Kind) {
				return
			}
		}
	}
}

// Code yields the words in the code around the values of a segment, without the endings of files,
// which are of a list.
func (s *Segment) Code() iter.Seq[string] {
	return func(yield func(string) bool) {
		if s.Kind == nil {
			return
		}
		for _, code := range segment.Code(s.Form()) {
			if strings.HasPrefix(code, ".") {
				continue
			}
			for word := range strings.FieldsFuncSeq(code, isNotName) {
				if !yield(word) {
					return
				}
			}
		}
	}
}

// isNotName reports whether a character of code separates words.
func isNotName(r rune) bool { return strings.ContainsRune("()[]',;=:@~", r) }

// segmentShape returns the shape of a value in a path. Unlike elsewhere, its length is kept only if it
// is an integer: together with the words around it, it would reveal too much of a name.
func segmentShape(text string, o Options) *shape.Shape {
	s := shape.OfText(text, shape.Options{Enums: o.Enums, Arena: o.Arena})
	s.Lengths = 0
	return s
}
