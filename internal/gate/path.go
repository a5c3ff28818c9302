package gate

import (
	"akita/internal/format"
	"akita/internal/segment"
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
		if !f.passesSegment(at, s) {
			f.held++
			*s = withheld(s)
		}
		if s.Literal != "" {
			at = f.at(at, s.Literal)
		} else {
			at = f.at(at, ofEntries+s.Form())
		}
	}
	return f.at(at, w.Method)
}

// withheld returns what leaves of a segment whose words are withheld: a value. If only code behind
// the value was withheld, its kind is known.
func withheld(s *witness.Segment) witness.Segment {
	if s.Kind != nil && s.Prefix == "" && len(s.More) == 0 {
		return witness.Segment{Kind: s.Kind, Echo: s.Echo}
	}
	return witness.Segment{Kind: &shape.Shape{Opaques: 1}, Echo: s.Echo}
}

// passesSegment reports whether the words of a segment pass: the literal, or each word of the code
// around its values.
func (f *filter) passesSegment(at place, s *witness.Segment) bool {
	switch {
	case segment.IsMark(s.Literal):
		return true
	case format.IsDatedVersion(s.Literal):
		return f.passesDate(at, s.Literal)
	case s.Literal != "":
		return f.passesWord(at, s.Literal)
	}
	passes, at := true, f.at(at, ":")
	for word := range s.Code() {
		passes = f.passesWord(at, word) && passes
	}
	return passes
}

// maxDates is the number of dates that pass at one place: an API has few versions.
const maxDates = 8

// passesDate reports whether a date that may be the version of the API passes. It is never code by
// its spelling, so it has to recur.
func (f *filter) passesDate(at place, date string) bool {
	at = f.at(at, "date")
	key := f.at(at, date)
	if f.memory.isKnown(key) {
		return true
	}
	p := f.memory.place(at)
	if p.once >= maxDates || !f.memory.learn(key, f.call, callsOfName) {
		return false
	}
	p.once++ // it counts the dates that passed
	return true
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
	return f.memory.learn(key, f.call, callsOfName)
}
