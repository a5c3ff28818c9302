package witness

import (
	"net/url"
	"strings"

	"akita/internal/format"
	"akita/internal/har"
	"akita/internal/shape"
)

// maxSegments bounds the segments of a path; the rest is one segment of kind string.
const maxSegments = 64

// path fills in what the witness says of the path: the framework's template where
// there is one, else segment by segment what is a word and what is not.
func (w *Witness) path(path string, a *har.Akita, o Options) {
	if a.Route != "" {
		if taken, base, ok := readRoute(a.Route, path); ok {
			w.Template = taken.path
			if base.path != taken.path {
				w.BaseTemplate = base.path
			}
			w.View = view(a.View)
			w.PathArgs = taken.args(path, o)
			return
		}
	}
	w.NoRoute = a.Known && a.Route == ""
	words := !w.NoRoute && !o.StrictPaths
	path = strings.TrimPrefix(path, "/")
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

// view is a view's name if it reads like one.
func view(name string) string {
	if len(name) > 200 {
		return ""
	}
	for i := range len(name) {
		if c := name[i]; !(c == '.' || c == '_' || c == ':' || c == '-' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '<' || c == '>') {
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
	if words && IsWord(text) {
		return Segment{Literal: text}
	}
	return Segment{Kind: segmentShape(text, o)}
}

// segmentShape is the shape of a value in a path. Unlike elsewhere its length does
// not leave where it is not an integer: together with the words around it, it
// would say too much of a name.
func segmentShape(text string, o Options) *shape.Shape {
	s := shape.OfText(text, shape.Options{Arena: o.Arena})
	s.Lengths = 0
	return s
}

// IsWord tells path segments that look like words, which are code or harmless data
// (slugs), from ids, tokens, addresses and everything else that is somebody's.
// Words are ASCII letters in parts joined by "-", "_", ".", "~", ":", "+", "," or "@" in front; a part may hold a few digits
// (v1, oauth2, 2fa, s3) but no run of four, and no part is longer than 24.
func IsWord(text string) bool {
	if IsVersion(text) {
		return true
	}
	if f := format.Detect(text); len(text) > 64 || f.Strong() || f.Has(format.Hex) {
		return false
	}
	letters, digits, start := 0, 0, 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) {
			switch c := text[i]; {
			case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
				letters++
				continue
			case '0' <= c && c <= '9':
				digits++
				continue
			case c == '-' || c == '_' || c == '.' || c == ':' || c == '~' || c == '+' || c == ',' || c == '@' && i == 0:
			default:
				return false
			}
		}
		if !isWordPart(text[start:i]) {
			return false
		}
		start = i + 1
	}
	return letters > 0 && digits <= 4 && digits <= letters+1
}

// isWordPart judges one part of a word, letters and digits only.
func isWordPart(part string) bool {
	if len(part) > 24 {
		return false
	}
	digits, turns, upper, vowels := 0, 0, 0, 0
	for i := range len(part) {
		switch c := part[i]; {
		case '0' <= c && c <= '9':
			digits++
			if i > 0 && (part[i-1] < '0' || part[i-1] > '9') {
				turns++
			}
		case 'A' <= c && c <= 'Z':
			upper++
		}
		if strings.IndexByte("aeiouyAEIOUY", part[i]) >= 0 {
			vowels++
		}
	}
	letters := len(part) - digits
	switch {
	case IsVersion(part):
		return true
	case digits == 0:
		// Consonants only is a token, unless it is short (css, html, xml) or upper case throughout.
		return vowels > 0 || letters <= 6
	case letters == 0:
		return digits <= 2 // the 1 of v1.1
	case turns > 1 || digits > 3:
		return false
	case letters > 2 && upper > 0 && upper < letters && digits > 1:
		return false // Xk29Ab
	}
	return true
}

// IsVersion tells versions of an API: "v2", "v1.1", "v1beta1", "1.0", "2.0.1".
func IsVersion(text string) bool {
	bare := strings.TrimPrefix(strings.TrimPrefix(text, "v"), "V")
	numbers := strings.TrimRight(bare, "abcdefghijklmnopqrstuvwxyz0123456789")
	if numbers == "" {
		return bare != text && digitsThenStage(bare)
	}
	parts := strings.Split(bare, ".")
	for _, part := range parts {
		if len(part) == 0 || len(part) > 2 || strings.Trim(part, "0123456789") != "" {
			return false
		}
	}
	return len(parts) == 2 || len(parts) == 3
}

func digitsThenStage(text string) bool {
	stage := strings.TrimLeft(text, "0123456789")
	if stage == text || len(text)-len(stage) > 2 {
		return false
	}
	switch strings.TrimRight(stage, "0123456789") {
	case "", "alpha", "beta", "rc", "preview":
		return true
	}
	return false
}
