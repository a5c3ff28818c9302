package cli_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"akita/internal/har"
)

// traffic holds the texts of an archive, divided by whether they may leave the machine.
type traffic struct {
	values map[string]bool // must not leave
	names  map[string]bool // may leave: words, in lower case, of field and parameter names, paths, hosts, media types
}

// minLeakBytes is the length of the shortest value that is not in an output by chance.
const minLeakBytes = 6

// trafficOf reads an archive as far as it can be read.
func trafficOf(r io.Reader) traffic {
	t := traffic{values: make(map[string]bool), names: make(map[string]bool)}
	d := har.NewDecoder(r)
	for {
		var e har.Entry
		err := d.Next(&e)
		if _, bad := errors.AsType[*har.EntryError](err); err != nil && !bad {
			return t
		} else if err == nil {
			t.entry(&e)
		}
	}
}

func (t traffic) entry(e *har.Entry) {
	t.name(e.Request.Method)
	t.url(e.Request.URL)
	for _, pairs := range [][]har.Pair{
		e.Request.Headers, e.Request.Cookies, e.Request.Query, e.Response.Headers, e.Response.Cookies,
	} {
		for _, p := range pairs {
			t.parameter(p.Name, p.Value)
		}
	}
	for _, b := range []*har.Body{e.Request.Body, e.Response.Body} {
		if b != nil {
			t.body(b)
		}
	}
}

func (t traffic) url(text string) {
	text, query, _ := strings.Cut(text, "?")
	scheme, rest, absolute := strings.Cut(text, "://")
	if absolute {
		host, path, _ := strings.Cut(rest, "/")
		t.mayLeave(scheme + " " + host)
		text = path
	}
	for segment := range strings.SplitSeq(text, "/") {
		if plain, err := url.PathUnescape(segment); err == nil {
			segment = plain
		}
		t.value(segment)
	}
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		t.parameter(unescape(name), unescape(value))
	}
}

func unescape(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

func (t traffic) parameter(name, value string) {
	t.name(name)
	switch strings.ToLower(name) {
	case "content-type", "accept":
		t.mayLeave(value)
	case "host":
		t.mayLeave(value)
	default:
		t.values[value] = true
	}
}

// mayLeave records the words of a text as names.
func (t traffic) mayLeave(text string) {
	for word := range wordsOf(text) {
		t.names[word] = true
	}
}

// wordsOf returns the words of a text in lower case.
func wordsOf(text string) iter.Seq[string] {
	return strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !isWordRune(r) })
}

// nameLike matches texts that a programmer could have chosen as a name. It is a rule of this test
// and shares nothing with the product, whose rules are stricter: test/leaks tests those with data
// that look like names.
var nameLike = regexp.MustCompile(`^[0-9_$@.*~-]*\p{L}[\p{L}0-9_$@.:\[\]/-]{0,63}$`)

// isName reports whether a text can be a name: with few digits, and without a space.
func isName(text string) bool {
	const maxDigits = 4
	digits := len(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text))
	return nameLike.MatchString(text) && digits <= maxDigits
}

// name records a name, as a value if it can be none.
func (t traffic) name(name string) {
	if !isName(name) {
		t.values[name] = true
		return
	}
	t.mayLeave(name)
}

// value records a path segment, as a name if it is a word.
func (t traffic) value(segment string) {
	if isName(segment) {
		t.mayLeave(segment)
	} else {
		t.values[segment] = true
	}
}

func (t traffic) body(b *har.Body) {
	mediaType, _, _ := strings.Cut(b.MediaType, ";")
	t.mayLeave(mediaType)
	t.values[b.Text] = true
	for _, p := range b.Params {
		t.parameter(p.Name, p.Value)
		t.values[p.FileName] = true
	}
	var value any
	if json.Unmarshal([]byte(b.Text), &value) == nil {
		t.json(value)
		return
	}
	for pair := range strings.SplitSeq(b.Text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		t.parameter(unescape(name), unescape(value))
	}
}

func (t traffic) json(value any) {
	switch value := value.(type) {
	case string:
		t.values[value] = true
	case float64:
		t.values[strconv.FormatFloat(value, 'f', -1, 64)] = true
	case []any:
		for _, v := range value {
			t.json(v)
		}
	case map[string]any:
		for k, v := range value {
			t.name(k)
			t.json(v)
		}
	}
}

// leaks returns the values that are in an output, verbatim or encoded, in upper or lower case.
func (t traffic) leaks(output string) []string {
	var leaks []string
	lower := strings.ToLower(output)
	for value := range t.values {
		if len(value) < minLeakBytes || t.isKnown(value) {
			continue
		}
		for _, how := range encodings(value) {
			if contains(lower, strings.ToLower(how)) {
				leaks = append(leaks, fmt.Sprintf("%.80q as %.80q", value, how))
				break
			}
		}
	}
	return leaks
}

// isName reports whether a value consists of names and of words that every document has.
func (t traffic) isKnown(value string) bool {
	for word := range wordsOf(value) {
		if !t.names[word] && !ourWords[word] {
			return false
		}
	}
	return true
}

// encodings returns the forms in which a value may leak.
func encodings(value string) []string {
	quoted, _ := json.Marshal(value) //nolint:errchkjson // a string is always encoded
	return []string{
		value, strings.Trim(string(quoted), `"`), strings.Trim(strconv.QuoteToASCII(value), `"`),
		url.QueryEscape(value), url.PathEscape(value), base64.RawStdEncoding.EncodeToString([]byte(value)),
		base64.RawURLEncoding.EncodeToString([]byte(value)), hex.EncodeToString([]byte(value)),
	}
}

// contains reports whether a text holds a value that is not part of a longer word or number.
func contains(text, value string) bool {
	for rest := text; ; {
		at := strings.Index(rest, value)
		if at < 0 {
			return false
		}
		before, after := lastRune(rest[:at]), firstRune(rest[at+len(value):])
		if !isWordRune(before) && !isWordRune(after) {
			return true
		}
		rest = rest[at+len(value):]
	}
}

func lastRune(text string) (last rune) {
	for _, r := range text[max(0, len(text)-4):] {
		last = r
	}
	return last
}

func firstRune(text string) rune {
	for _, r := range text {
		return r
	}
	return 0
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// ourWords are words of OpenAPI and of our own that documents hold and values may equal.
var ourWords = func() map[string]bool {
	const list = `
		string number integer boolean object format hostname password description summary properties required
		additionalproperties schemas schema content responses response request requests header headers cookie
		parameters servers version title default bearer method methods status errors accept accepted rejected
		location endpoint traffic private public global remote array encoding security none true false null
		impression` // the last is a kind of record in a file of the corpus, and a member of an enum
	words := make(map[string]bool)
	for word := range strings.FieldsSeq(list) {
		words[word] = true
	}
	return words
}()
