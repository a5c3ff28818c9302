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
	stem, suffix := CutSuffix(text)
	switch {
	case !words:
		return Segment{Kind: segmentShape(text, o)}
	case suffix != "" && !IsWord(stem):
		return Segment{Kind: segmentShape(stem, o), Suffix: suffix}
	case IsWord(text):
		return Segment{Literal: text}
	}
	return Segment{Kind: segmentShape(text, o)}
}

// CutSuffix cuts off what is code behind a value in a path: an action as in "17:cancel"
// (Google's AIP-136), or the ending of a file as in "17.csv".
func CutSuffix(text string) (stem, suffix string) {
	if at := strings.IndexByte(text, ':'); at > 0 && isAction(text[at+1:]) {
		return text[:at], text[at:]
	}
	at := strings.LastIndexByte(text, '.')
	if at <= 0 || !isFileEnding(text[at+1:]) {
		return text, ""
	}
	if text[at:] == ".gz" && strings.HasSuffix(text[:at], ".tar") && at > 4 {
		at -= 4
	}
	return text[:at], text[at:]
}

// isAction tells what stands behind a colon: a verb in letters.
func isAction(text string) bool {
	if len(text) < 3 || len(text) > 40 {
		return false
	}
	for i := range len(text) {
		if c := text[i]; !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && (c == '_' || c == '-')) {
			return false
		}
	}
	return true
}

// isFileEnding tells the endings of files that APIs serve.
func isFileEnding(text string) bool {
	switch text {
	case "json", "xml", "csv", "tsv", "pdf", "html", "htm", "txt", "md", "yaml", "yml", "rss", "atom", "ics", "vcf", "ndjson", "jsonl", "parquet", "sql",
		"png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "bmp", "tif", "tiff", "mp3", "mp4", "wav", "ogg", "webm", "mov", "avi", "mbox", "eml", "patch", "diff",
		"zip", "gz", "tar", "tgz", "bz2", "xz", "7z", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "rtf", "epub", "js", "css", "map", "wasm", "woff", "woff2", "bin", "log", "pem", "crt", "key":
		return true
	}
	return false
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
// A word is of ASCII letters in parts joined by one of "-_.:~+,", with a few digits (v1, oauth2, 2fa, s3);
// an "@" may stand in front.
func IsWord(text string) bool {
	if IsVersion(text) {
		return true
	}
	if len(text) > 64 {
		return false
	}
	letters, digits, parts, start := 0, 0, 0, 0
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
		parts++
		start = i + 1
	}
	if letters == 0 || digits > 4 || digits > letters+1 {
		return false
	}
	f := format.Detect(text)
	return !f.Strong() && !f.Has(format.Hex) && !(digits > 0 && parts == 1 && f.Has(format.Base64))
}

// isWordPart judges one part of a word, letters and digits only.
func isWordPart(part string) bool {
	if len(part) > 24 {
		return false
	}
	var digits, groups, upper, vowels, consonants, longest, turns int
	for i := range len(part) {
		c := part[i]
		digit := '0' <= c && c <= '9'
		if digit {
			digits++
			if i == 0 || part[i-1] < '0' || part[i-1] > '9' {
				groups++
			}
			consonants = 0
			continue
		}
		isUpper := 'A' <= c && c <= 'Z'
		if isUpper {
			upper++
		}
		if i > 0 && isUpper != ('A' <= part[i-1] && part[i-1] <= 'Z') && (part[i-1] < '0' || part[i-1] > '9') {
			turns++
		}
		if strings.IndexByte("aeiouyAEIOUY", c) >= 0 {
			vowels++
			consonants = 0
		} else {
			consonants++
			longest = max(longest, consonants)
		}
	}
	letters := len(part) - digits
	mixed := upper > 0 && upper < letters
	switch {
	case IsVersion(part), part == "":
		return true
	case letters == 0:
		return digits <= 2 // the 1 of v1.1
	case groups > 1, digits > 3:
		return false
	case mixed && digits > 0 && len(part) > 7 && strings.ContainsAny(part[:2], "0123456789"):
		return false // 5jIjaEJIXourvu
	case mixed && digits > 0 && (letters > 2 && digits > 1 || len(part) > 7 && !camelWithNumber(part)):
		return false // Xk29Ab, 2MGBqAUMvNwUVi
	case mixed && turns*3 > len(part)+3:
		return false // aBcDeF: words are longer than that
	case digits == 0 && vowels == 0:
		return letters <= 6 // css, html, xml; a token is longer
	}
	return longest <= 6
}

// camelWithNumber tells "getUser2" and "oauth2Callback": a number between whole words.
func camelWithNumber(part string) bool {
	for _, word := range strings.FieldsFunc(part, func(r rune) bool { return r >= '0' && r <= '9' }) {
		turns := 0
		for i := 1; i < len(word); i++ {
			if (word[i] < 'a') != (word[i-1] < 'a') {
				turns++
			}
		}
		if turns*3 > len(word)+2 {
			return false
		}
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
