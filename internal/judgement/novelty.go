package judgement

// novelty speaks for what the share of words says that were called once: names of an API recur,
// and of values there are always more.
func (l *level) novelty() {
	var calls, once float64
	for _, m := range l.members {
		calls += float64(m.calls)
		if m.calls == 1 {
			once++
		}
	}
	if calls < noveltyCalls || len(l.members) < noveltyWords {
		return
	}
	w := noveltyWeight * (noveltyOfNames - once/calls) * min(1, calls/noveltyFull)
	for _, o := range l.opinions {
		o.add(RuleNovelty, w)
	}
}

// From so many calls and words on, the share of words that were called once says something, and
// from so many calls on it counts in full.
const (
	noveltyCalls = 6
	noveltyWords = 4
	noveltyFull  = 20
)
