// Package segment reads one segment of a path: which part of it is code, and which parts are values.
//
// Most segments are a word of the API, or a value. Some hold both: a key of OData in parentheses, a
// handle behind a mark, parameters behind a semicolon, an action behind a colon, the ending of a
// file. It is pure, and knows nothing of the segments around this one.
package segment

import (
	"net/url"
	"strings"

	"akita/internal/format"
	"akita/internal/names"
)

// Segment is a segment of a path, taken apart. It is a word, or values with code around them. The
// empty segment, such as after a slash at the end, is the zero Segment.
type Segment struct {
	Word string // the whole segment, if all of it is code; the rest is empty then

	Prefix string // the code before the first value: "Products("
	Value  string // the first value
	Suffix string // the code behind it, up to the next value: ")", ".csv", ":cancel"
	More   []Value
}

// Value is a further value of a segment, and the code behind it.
type Value struct{ Text, Suffix string }

// maxValues bounds the values of a segment. One with more is a single value.
const maxValues = 8

// Parse takes a segment apart. Its escapes have been resolved.
func Parse(text string) Segment {
	if text == "" {
		return Segment{}
	}
	base, params, ok := cutMatrix(text)
	if !ok {
		return Segment{Value: text}
	}
	s := parse(base)
	for _, p := range params {
		s.code(p.name)
		if p.hasValue {
			s.value(p.value)
		}
	}
	if 1+len(s.More) > maxValues {
		return Segment{Value: text}
	}
	return s
}

// code appends code.
func (s *Segment) code(text string) {
	switch n := len(s.More); {
	case n > 0:
		s.More[n-1].Suffix += text
	case s.Value == "":
		s.Word += text
	default:
		s.Suffix += text
	}
}

// value appends a value.
func (s *Segment) value(text string) {
	if s.Value == "" {
		*s = Segment{Prefix: s.Word, Value: text}
		return
	}
	s.More = append(s.More, Value{Text: text})
}

// parse takes a segment without parameters apart.
func parse(text string) Segment {
	if text == "" {
		return Segment{}
	}
	if IsMark(text) || isDollarWord(text) {
		return Segment{Word: text}
	}
	if strings.ContainsAny(text, "@~([=:") {
		for _, read := range [...]func(string) (Segment, bool){parseHandle, parseCall, parsePair, parseColon} {
			if s, ok := read(text); ok {
				return s
			}
		}
	}
	stem, suffix := CutSuffix(text)
	switch {
	case isHost(text):
		return Segment{Value: text}
	case suffix != "" && !format.IsWord(stem):
		return Segment{Value: stem, Suffix: suffix}
	case suffix != "" || format.IsWord(text): // no ending makes a word an id: "manifest.m3u8"
		return Segment{Word: text}
	}
	return Segment{Value: text}
}

// maxMark is the length of the longest mark.
const maxMark = 3

// IsMark reports whether a segment is one or a few marks alone, as in "/-/health". They say nothing of
// anybody, and are code.
func IsMark(text string) bool {
	return text != "" && len(text) <= maxMark && strings.Trim(text, "-_~+*.!$@=") == ""
}

// isDollarWord reports whether a segment is a word behind a dollar, as OData's "$metadata" and FHIR's
// "$everything".
func isDollarWord(text string) bool {
	word, ok := strings.CutPrefix(text, "$")
	return ok && isName(word) && !strings.ContainsAny(word, "0123456789")
}

// parseHandle reads the handle of a person behind a mark: "@amber", "~amber". What an API itself
// puts behind the mark, as in "/users/@me", is a word.
func parseHandle(text string) (s Segment, ok bool) {
	if text[0] != '@' && text[0] != '~' || len(text) < 2 {
		return s, false
	}
	mark, handle := text[:1], text[1:]
	switch {
	case mark == "@" && names.IsMarked(handle):
		return Segment{Word: text}, true
	case strings.ContainsAny(handle, ":/"):
		return Segment{Value: text}, true // an address of Matrix, or the name of a package in a scope
	}
	stem, suffix := CutSuffix(handle)
	return Segment{Prefix: mark, Value: stem, Suffix: suffix}, true
}

// parsePair reads a name and a value with an equals sign between them, as paths of RESTCONF and of
// partitions have them: "interface=eth0", "year=2026".
func parsePair(text string) (s Segment, ok bool) {
	key, value, ok := strings.Cut(text, "=")
	if !ok || strings.Trim(value, "=") == "" || !isName(key) {
		return s, false
	}
	return Segment{Prefix: key + "=", Value: value}, true
}

// parseColon reads what has a colon: an action behind a word or a value, a name that repeats the end
// of its module, or an id with the kind of the thing before it, as "org.couchdb.user:amber", which
// is a value.
func parseColon(text string) (s Segment, ok bool) {
	at := strings.LastIndexByte(text, ':')
	if at < 0 {
		return s, false
	}
	stem, name := text[:at], text[at+1:]
	switch {
	case stem != "" && isAction(name):
		s = parse(stem)
		s.code(text[at:])
		return s, true
	case isQualified(stem, name):
		return Segment{Word: text}, true
	}
	return Segment{Value: text}, true
}

// isQualified reports whether a name behind a colon repeats the end of its module, as names of YANG
// do: "ietf-interfaces:interfaces", "ietf-system:system-state". No dot joins the words of a module.
func isQualified(module, name string) bool {
	if !isName(module) || !isName(name) || strings.Contains(module, ".") {
		return false
	}
	_, last, ok := strings.Cut(module, "-")
	return ok && (name == last || strings.HasPrefix(name, last[strings.LastIndexByte(last, '-')+1:]))
}

// isAction reports whether the text behind a colon is an action (Google's AIP-136): it starts or
// ends with a verb.
func isAction(text string) bool {
	if len(text) < 2 || len(text) > 40 || !isAll(text, isLetter) {
		return false
	}
	words := names.Words(text)
	return names.IsAction(words[0]) || names.IsAction(words[len(words)-1])
}

// CutSuffix splits a segment into a value and the code that follows it: an action as in "17:cancel",
// or the ending of a file as in "17.csv" and "17.tar.gz".
func CutSuffix(text string) (stem, suffix string) {
	if at := strings.LastIndexByte(text, ':'); at > 0 && isAction(text[at+1:]) {
		return text[:at], text[at:]
	}
	at := endingAt(text)
	if at < 0 {
		return text, ""
	}
	if names.IsCompression(text[at+1:]) {
		if inner := endingAt(text[:at]); inner > 0 {
			at = inner
		}
	}
	return text[:at], text[at:]
}

// endingAt returns the index of the dot of a file's ending, -1 without one.
func endingAt(text string) int {
	if at := strings.LastIndexByte(text, '.'); at > 0 && names.IsFileEnding(text[at+1:]) {
		return at
	}
	return -1
}

// isHost reports whether a segment is the name of a host, which some networks use as the address of a
// person: "amber.social.example". Names of methods have dots too: their last part names no domain, or
// their first part does ("com.example.app").
func isHost(text string) bool {
	first, rest, ok := strings.Cut(text, ".")
	last := text[strings.LastIndexByte(text, '.')+1:]
	switch {
	case !ok, rest != last && names.IsDomain(first):
		return false
	case names.IsDomain(last):
	case rest == last, names.IsPronoun(last), names.IsAction(last):
		return false
	case !names.IsSubdomain(last) && !format.Detect(last).Has(format.Country):
		return false
	}
	return strings.ToLower(text) == text && format.Detect(text).Has(format.Hostname)
}

// isName reports whether a text may be a name in code: one that looks like a word, or consists of
// words in camel case, which may be longer.
func isName(text string) bool {
	if text == "" || !isAll(text, isNameByte) {
		return false
	}
	if format.IsWord(text) {
		return true
	}
	words := names.Words(text)
	for _, word := range words {
		if !format.IsWord(word) || len(word) < 2 {
			return false
		}
	}
	return len(text) <= maxName && len(words)*3 <= len(text) && isAll(text, isLetter)
}

func isNameByte(c byte) bool { return isLetter(c) || strings.IndexByte("0123456789_.-:", c) >= 0 }

// maxName is the length of the longest name in camel case.
const maxName = 64

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isAll(text string, is func(byte) bool) bool {
	for i := range len(text) {
		if !is(text[i]) {
			return false
		}
	}
	return true
}

// Cut returns the first segment of a path whose escapes are not resolved, and what follows the slash
// behind it. A slash within the quotes of a key belongs to the segment, as in "file('/a/b')/content".
func Cut(path string) (first, rest string, more bool) {
	first, rest, more = strings.Cut(path, "/")
	if !more || strings.IndexByte(first, '(') <= 0 || strings.Count(first, "'")%2 == 0 {
		return first, rest, more
	}
	end := strings.Index(rest, "')")
	if end < 0 {
		return first, rest, more
	}
	end += len(first) + len("/") + len("')")
	first, rest = path[:end], path[end:]
	if tail, behind, ok := strings.Cut(rest, "/"); ok {
		return first + tail, behind, true
	}
	return path, "", false
}

// Unescape resolves the escapes of a segment; a text with invalid ones stays as it is.
func Unescape(escaped string) string {
	if strings.IndexByte(escaped, '%') < 0 {
		return escaped
	}
	if plain, err := url.PathUnescape(escaped); err == nil {
		return plain
	}
	return escaped
}
