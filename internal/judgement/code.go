package judgement

import (
	"akita/internal/format"
	"akita/internal/names"
	"akita/internal/segment"
)

// code speaks for what is code by its form: marks, actions behind a colon, dates that stand for the
// version of the API, and the words beside such a date, as "unstable". Values among the dates were
// taken out before.
func (l *level) code() {
	dated := false
	for _, m := range l.members {
		dated = dated || format.IsDatedVersion(m.text)
	}
	for i, m := range l.members {
		if dated || segment.IsActionKey(m.text) || segment.IsMark(m.text) {
			l.opinions[i].add(RuleCode, codeWeight)
		}
	}
}

// actedOn speaks against words below a plural that have an action behind a colon: what acts on one of
// many has its name, as "/projects/acme:undelete".
func (l *level) actedOn() {
	if !names.IsPlural(l.above) {
		return
	}
	for i, m := range l.members {
		if m.hasAction() && !names.IsPlural(m.text) {
			l.opinions[i].add(RuleActedOn, actedOnWeight)
		}
	}
}

// hasAction reports whether there is an action behind a colon on a word.
func (s *Sketch) hasAction() bool {
	for text := range s.words {
		if segment.IsActionKey(text) {
			return true
		}
	}
	return false
}
