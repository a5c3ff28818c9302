package judgement

// collection speaks for words that lead to their items. Such a word is not a value of its level,
// however alike its siblings are.
func (l *level) collection() {
	for i, m := range l.members {
		switch {
		case m.listsItems():
			l.opinions[i].add(RuleCollection, collectionLists)
		case m.isCollection():
			l.opinions[i].add(RuleCollection, collectionLeads)
		}
	}
}

// sharedCollection takes half of that back if the siblings lead to the same words: then they may be
// values with the same collections below each.
func (l *level) sharedCollection() {
	for _, o := range l.opinions {
		if c := o.of(RuleCollection); c == collectionLeads && o.of(RuleVocabulary) < 0 {
			o.add(RuleCollection, -c/2)
		}
	}
}

// isCollection reports whether a word answers itself and leads right to values that answer, and
// not as it does.
func (s *Sketch) isCollection() bool {
	if !s.answers() {
		return false
	}
	for _, p := range s.ids {
		if p.answers() && !s.answersAs(p) {
			return true
		}
	}
	for _, w := range s.words {
		if w.value && w.answers() && !s.answersAs(w) {
			return true
		}
	}
	return false
}

// listsItems reports whether a word answers with a list of what the ids below it answer.
func (s *Sketch) listsItems() bool {
	own := s.own("GET")
	if own == nil || own.answer == nil {
		return false
	}
	items := own.answer.items()
	if items == nil {
		return false
	}
	for _, p := range s.ids {
		if op := p.own("GET"); op != nil && op.answer != nil && items.alike(op.answer) >= likeItem {
			return true
		}
	}
	return false
}

// answersAs reports whether two places answer GET alike.
func (s *Sketch) answersAs(o *Sketch) bool {
	a, b := s.own("GET"), o.own("GET")
	return a != nil && b != nil && a.answer != nil && b.answer != nil && a.answer.likeness(b.answer) >= likeAnswer
}

// The likeness from which on answers are alike, and from which on an item of a list is what the id
// of such an item answers: lists often leave members out.
const (
	likeAnswer = 0.7
	likeItem   = 0.6
)
