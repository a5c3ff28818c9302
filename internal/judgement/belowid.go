package judgement

// belowID speaks for words right below ids: two parameters in a row begin with a word, such as
// owner and repository. Where words are among the values, nothing is known.
func (l *level) belowID() {
	w := 0.0
	switch {
	case l.belowValues && l.strict:
		w = belowStrictID
	case l.belowValues && !l.slugs:
		w = belowToken
	}
	for _, o := range l.opinions {
		o.add(RuleBelowID, w)
	}
}
