package judgement

// prior speaks before anything was counted: words are names more often than values, most of all at
// the start of paths.
func (l *level) prior() {
	w := priorBelowParam
	switch {
	case l.top:
		w = priorAtTop
	case !l.belowParam:
		w = priorBelowWords
	}
	for _, o := range l.opinions {
		o.add(RulePrior, w)
	}
}
