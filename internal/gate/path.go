package gate

import (
	"akita/internal/shape"
	"akita/internal/spelling"
	"akita/internal/witness"
)

// maxNewWords is the number of words of a path level that is not established that pass at once
// although none of them has recurred yet.
const maxNewWords = 8

// path withholds words of a path without a route, and returns the place of the operation.
func (f *filter) path(w *witness.Witness) place {
	if w.Template != "" {
		return f.at(f.at(0, w.Method), w.Template)
	}
	at := f.at(0, inPath)
	for i := range w.Path {
		s := &w.Path[i]
		switch {
		case s.Literal != "" && !f.passesWord(at, s.Literal):
			f.held++
			*s = witness.Segment{Kind: &shape.Shape{Opaques: 1}, Echo: s.Echo}
		case len(s.Suffix) > 0 && s.Suffix[0] == ':' && !f.passesWord(f.at(at, ":"), s.Suffix[1:]):
			f.held++
			s.Suffix = ""
		}
		if s.Literal != "" {
			at = f.at(at, s.Literal)
		} else {
			at = f.at(at, ofEntries+s.Suffix)
		}
	}
	return f.at(at, w.Method)
}

// passesWord reports whether a word below the place at passes.
func (f *filter) passesWord(at place, word string) bool {
	p := f.memory.place(at)
	defer p.count()
	key := f.at(at, word)
	if f.recurs(p, key) {
		return true
	}
	if !f.config.StrictNames && p.calls < establishedCalls && p.once < maxNewWords && spelling.IsName(word) {
		f.memory.pass(key, f.call, true)
		p.once++
		return true
	}
	return f.knows(at, word, callsOfName)
}
