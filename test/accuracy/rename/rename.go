// Package rename gives the data in traffic other names, as if other people with other names had
// made the same calls. What an API is called by (its paths, fields and enum members) stays.
//
// The data are the segments of paths that fill a parameter, and the keys of maps. Wherever such
// a text is a whole value, a part of a path, or a key, it gets the same new text. The renaming is
// a bijection that keeps kinds and lengths: a word becomes a word, an integer an integer with as
// many digits, a UUID a UUID. What is spelled like words stays so, with its number ("stream67") and
// its plural, and what looks random stays random. No new word is one that the product knows by its
// meaning, such as "search". Texts with a grammar of their own (dates, addresses, codes of a list)
// keep it, and those that are also words of the API stay as they are.
package rename

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
)

// API says which parts of its traffic are data.
type API struct {
	// Templates are the operations. A segment in braces is a parameter.
	Templates []Template
	// Code holds the API's own words, which are never renamed.
	Code []string
	// Data holds texts that are data and need not be in a path: the keys of maps.
	Data []string
}

// Template is a method and a path template. Tail allows the last parameter to span segments.
type Template struct {
	Method, Path string
	Tail         bool
}

// Renamer is one renaming of the traffic of an API.
type Renamer struct {
	templates []*template
	code      map[string]bool
	texts     map[string]string // the bijection
}

// New draws a renaming of the data in HAR entries, one per line. New words are taken from a source.
func New(api API, entries []byte, words Words, seed uint64) (*Renamer, error) {
	r := &Renamer{templates: compile(api.Templates), code: make(map[string]bool)}
	for _, word := range api.Code {
		r.code[strings.ToLower(word)] = true
	}
	data, err := r.collect(entries)
	if err != nil {
		return nil, err
	}
	for _, text := range api.Data {
		r.note(data, text)
	}
	b := newBijection(words, rand.New(rand.NewPCG(seed, 1)), r.code, entries)
	r.texts, err = b.texts(data)
	return r, err
}

// Identity returns a renaming that changes no text. It writes entries in the same way as others
// do, so that two results can be compared byte for byte.
func Identity() *Renamer { return &Renamer{} }

// Inverse returns the renaming that undoes this one.
func (r *Renamer) Inverse() *Renamer {
	inverse := &Renamer{templates: r.templates, code: r.code, texts: make(map[string]string, len(r.texts))}
	for from, to := range r.texts {
		inverse.texts[to] = from
	}
	return inverse
}

// Texts returns the bijection.
func (r *Renamer) Texts() map[string]string { return r.texts }

// collect finds the data in the paths of calls.
func (r *Renamer) collect(entries []byte) (map[string]bool, error) {
	data := make(map[string]bool)
	n := 0
	for line := range bytes.Lines(entries) {
		var entry struct {
			Request struct{ Method, URL string }
		}
		if err := json.Unmarshal(line, &entry); err != nil {
			return nil, fmt.Errorf("entry %d: %w", n, err)
		}
		n++
		_, path, _ := cutURL(entry.Request.URL)
		if parts, ok := find(r.templates, entry.Request.Method, path); ok {
			for _, p := range parts {
				if !p.data {
					continue
				}
				for segment := range strings.SplitSeq(p.text, "/") {
					r.note(data, unescape(segment))
				}
			}
		}
	}
	return data, nil
}

// note adds a text to the data unless it has to stay.
func (r *Renamer) note(data map[string]bool, text string) {
	if text != "" && !r.code[strings.ToLower(text)] && !hasGrammar(text) {
		data[text] = true
	}
}

// Text renames a whole text, if it is data.
func (r *Renamer) Text(text string) string {
	if to, ok := r.texts[text]; ok {
		return to
	}
	return text
}

// Value renames a value: as a whole, the parts of a path or URL in it, or the name before an @.
func (r *Renamer) Value(value string) string {
	if to, ok := r.texts[value]; ok {
		return to
	}
	if local, domain, ok := strings.Cut(value, "@"); ok && !strings.ContainsAny(value, " /") {
		return r.Text(local) + "@" + domain
	}
	if !strings.Contains(value, "/") || strings.ContainsAny(value, " \n") {
		return value
	}
	var renamed strings.Builder
	for rest := value; ; {
		end := strings.IndexAny(rest, "/?#&=")
		if end < 0 {
			renamed.WriteString(r.segment(rest))
			return renamed.String()
		}
		renamed.WriteString(r.segment(rest[:end]) + rest[end:end+1])
		rest = rest[end+1:]
	}
}

// segment renames one part of a URL, which may be escaped.
func (r *Renamer) segment(text string) string {
	plain := unescape(text)
	if to := r.Text(plain); to != plain {
		return url.PathEscape(to)
	}
	return text
}

// URL renames the path and the query of a call. If the API has the operation, only its
// parameters are renamed.
func (r *Renamer) URL(method, target string) string {
	base, path, rest := cutURL(target)
	return base + r.Path(method, path) + r.Value("/" + rest)[1:]
}

// Path renames the path of a call.
func (r *Renamer) Path(method, path string) string {
	parts, ok := find(r.templates, method, path)
	if !ok {
		return r.Value(path)
	}
	var renamed strings.Builder
	for _, p := range parts {
		if !p.data {
			renamed.WriteString(p.text)
			continue
		}
		for i, segment := range strings.Split(p.text, "/") {
			if i > 0 {
				renamed.WriteByte('/')
			}
			renamed.WriteString(r.segment(segment))
		}
	}
	return renamed.String()
}

// cutURL cuts a URL into scheme and host, path, and the rest with query and fragment.
func cutURL(target string) (base, path, rest string) {
	if i := strings.Index(target, "://"); i >= 0 {
		end := strings.IndexAny(target[i+3:], "/?#")
		if end < 0 {
			return target, "", ""
		}
		base, target = target[:i+3+end], target[i+3+end:]
	}
	if end := strings.IndexAny(target, "?#"); end >= 0 {
		return base, target[:end], target[end:]
	}
	return base, target, ""
}

func unescape(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}
