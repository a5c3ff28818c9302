package endpoints

import (
	"slices"
	"strings"

	"akita/internal/apimodel"
	"akita/internal/shape"
)

// The kinds of words by which a search finds an endpoint.
const (
	wordField = iota
	wordFormat
	wordMedia
	wordParameter
	wordPath // of the path template, which is not among the words
	wordType
	wordView
)

// kinds are their names.
var kinds = [...]string{"field", "format", "media", "parameter", "path", "type", "view"}

// anyKind stands for all kinds.
const anyKind = -1

// words are the words of an operation: lines of a kind, a colon and a text in lower case, in order.
type words string

// wordsOf returns the names, types and formats of what was sent and answered, with the media types and
// the views.
func wordsOf(op *apimodel.Operation) words {
	w := new(wordList)
	for _, r := range op.AllRequests() {
		for _, params := range []*apimodel.Params{&r.Args, &r.Query, &r.Headers, &r.Cookies} {
			for name, p := range params.ByName {
				if params != &r.Args || !isNumber(name) { // a number stands for a segment
					w.add(wordParameter, name)
				}
				w.addTypes(p.Shape)
			}
		}
		w.addBodies(r.Bodies)
	}
	for _, r := range op.Responses {
		for name := range r.Headers.ByName {
			w.add(wordParameter, name)
		}
		w.addBodies(r.Bodies)
	}
	for view := range op.Views {
		w.add(wordView, strings.TrimPrefix(view, apimodel.Many))
	}
	return w.join()
}

// isNumber reports whether a key of apimodel.Request.Args is that of a segment.
func isNumber(key string) bool { return strings.Trim(key, "0123456789.") == "" }

// wordList collects words by kind. A word may be in it more than once.
type wordList struct {
	texts [len(kinds)][]string
	types [len(jsonTypes)]bool
}

func (w *wordList) add(kind int, text string) {
	if text != "" {
		w.texts[kind] = append(w.texts[kind], strings.ToLower(text))
	}
}

// join returns the words in order, each once.
func (w *wordList) join() words {
	for i, seen := range w.types {
		if seen {
			w.add(wordType, jsonTypes[i])
		}
	}
	size := 0
	for kind := range w.texts {
		slices.Sort(w.texts[kind])
		w.texts[kind] = slices.Compact(w.texts[kind])
		for _, text := range w.texts[kind] {
			size += len(kinds[kind]) + len(text) + 2
		}
	}
	var b strings.Builder
	b.Grow(size)
	for kind, texts := range w.texts {
		for _, text := range texts {
			b.WriteString(kinds[kind])
			b.WriteByte(':')
			b.WriteString(text)
			b.WriteByte('\n')
		}
	}
	return words(b.String())
}

func (w *wordList) addBodies(bodies map[string]*apimodel.Body) {
	for mediaType, b := range bodies {
		w.add(wordMedia, MediaType(mediaType))
		w.addShape(b.Shape)
		if len(b.Files)+len(b.Parts) > 0 {
			for name := range b.Form() {
				w.add(wordField, name)
			}
		}
		for _, a := range b.Actions {
			w.addShape(a.Shape)
		}
	}
}

// addShape adds the names, types and formats of all values in s.
func (w *wordList) addShape(s *shape.Shape) {
	if s == nil {
		return
	}
	w.addTypes(s)
	w.addShape(s.Items)
	if s.Object == nil {
		return
	}
	for _, f := range s.Object.Fields {
		w.add(wordField, f.Name)
		w.addShape(f.Shape)
	}
	w.addShape(s.Object.Values)
}

// jsonTypes are the names of JSON types in the order of addTypes.
var jsonTypes = [...]string{"null", "boolean", "integer", "number", "string", "array", "object"}

// addTypes adds the JSON types and the formats of the values themselves.
func (w *wordList) addTypes(s *shape.Shape) {
	for i, count := range [...]uint64{s.Nulls, s.Bools, s.Ints, s.Nums, s.Strs, s.Arrs, s.Objs} {
		if count > 0 {
			w.types[i] = true
		}
	}
	for _, c := range s.Formats {
		w.add(wordFormat, c.Format.String())
	}
}

// terms are what a search asks for. An endpoint has to have all of them.
type terms []term

// term is a part of a word, of a kind or of any.
type term struct {
	kind int
	text string
}

// termsOf reads the terms of a search: words, each alone or behind a kind and a colon.
func termsOf(search string) (found terms) {
	for word := range strings.FieldsSeq(strings.ToLower(search)) {
		t := term{anyKind, word}
		name, text, _ := strings.Cut(word, ":")
		if kind := slices.Index(kinds[:], name); kind >= 0 && text != "" {
			t = term{kind, text}
		}
		found = append(found, t)
	}
	return found
}

// match reports whether an endpoint with a path and words has all terms.
func (t terms) match(path string, of words) bool {
	for _, one := range t {
		inPath := (one.kind == anyKind || one.kind == wordPath) && strings.Contains(path, one.text)
		if !inPath && !of.have(one) {
			return false
		}
	}
	return true
}

// have reports whether any word contains a term.
func (w words) have(t term) bool {
	if !strings.Contains(string(w), t.text) {
		return false
	}
	for line := range strings.SplitSeq(string(w), "\n") {
		kind, word, _ := strings.Cut(line, ":")
		if (t.kind == anyKind || kinds[t.kind] == kind) && strings.Contains(word, t.text) {
			return true
		}
	}
	return false
}
