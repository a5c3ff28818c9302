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
	"strconv"
	"strings"
	"unicode"

	"akita/internal/format"
	"akita/internal/har"
	"akita/internal/shape"
)

// traffic is what an archive holds, told apart by what may leave the machine.
type traffic struct {
	values map[string]bool // never may
	names  map[string]bool // may, in lower case: the words of names of fields and parameters, of paths, hosts and media types
}

// minLeakBytes is the length from which a value that is found in an output is a leak and no
// chance.
const minLeakBytes = 6

// trafficOf reads an archive; of one that is broken, what can be read.
func trafficOf(r io.Reader) traffic {
	t := traffic{values: make(map[string]bool), names: make(map[string]bool)}
	d := har.NewDecoder(r)
	for {
		var e har.Entry
		err := d.Next(&e)
		var bad *har.EntryError
		switch {
		case err == nil:
			t.entry(&e)
		case !errors.As(err, &bad):
			return t
		}
	}
}

func (t traffic) entry(e *har.Entry) {
	t.name(e.Request.Method)
	t.url(e.Request.URL)
	for _, pairs := range [][]har.Pair{e.Request.Headers, e.Request.Cookies, e.Request.Query, e.Response.Headers, e.Response.Cookies} {
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

// mayLeave takes the words of a text that may leave.
func (t traffic) mayLeave(text string) {
	for word := range wordsOf(text) {
		t.names[word] = true
	}
}

// wordsOf are the words of a text in lower case.
func wordsOf(text string) iter.Seq[string] {
	return strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !isWordRune(r) })
}

// name takes a name; one that reads like data is a value.
func (t traffic) name(name string) {
	if shape.IsDataParameter(name) && shape.IsDataKey(name) {
		t.values[name] = true
		return
	}
	t.mayLeave(name)
}

// value takes a value of a path, of which words may leave.
func (t traffic) value(segment string) {
	if format.IsWord(segment) {
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
			if shape.IsDataKey(k) {
				t.values[k] = true
			} else {
				t.mayLeave(k)
			}
			t.json(v)
		}
	}
}

// leaks lists the values that stand in an output, as they are or encoded, in capitals or not.
func (t traffic) leaks(output string) []string {
	var leaks []string
	lower := strings.ToLower(output)
	for value := range t.values {
		if len(value) < minLeakBytes || t.isName(value) {
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

// isName reports whether a value is also a name, or of words of every document.
func (t traffic) isName(value string) bool {
	for word := range wordsOf(value) {
		if !t.names[word] && !ourWords[word] {
			return false
		}
	}
	return true
}

// encodings are the forms in which a value may hide.
func encodings(value string) []string {
	quoted, _ := json.Marshal(value) //nolint:errchkjson // a string is always encoded
	return []string{
		value, strings.Trim(string(quoted), `"`), strings.Trim(strconv.QuoteToASCII(value), `"`), url.QueryEscape(value), url.PathEscape(value),
		base64.RawStdEncoding.EncodeToString([]byte(value)), base64.RawURLEncoding.EncodeToString([]byte(value)), hex.EncodeToString([]byte(value)),
	}
}

// contains reports whether a value stands in a text by itself and is no part of a word or a
// number.
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

// ourWords are words of OpenAPI and of our own in documents, which values may also be.
var ourWords = func() map[string]bool {
	words := make(map[string]bool)
	for word := range strings.FieldsSeq("string number integer boolean object format hostname password description summary properties required additionalproperties schemas schema content responses response request requests header headers cookie parameters servers version title default bearer method methods status errors accept accepted rejected location endpoint traffic private public global remote array encoding security none true false null") {
		words[word] = true
	}
	return words
}()
