package judgement

// pull lets words with little evidence follow the majority of their level.
func (l *level) pull() {
	own := l.methods()
	var values, names float64
	leaves, deep := 0, 0 // of the values
	for i, m := range l.members {
		switch v := l.opinions[i].sum(); {
		case v <= -decided:
			values++
			if m.isLeaf() {
				leaves++
			} else {
				deep++
			}
		case v >= decided:
			names++
		}
	}
	all := values + names
	for i, o := range l.opinions {
		switch m, v := l.members[i], o.sum(); {
		case all < 2 || m.isStranger(own, leaves, deep):
		case values*2 > all && v > -decided && follows(o, v):
			o.add(RulePull, pullToValues*values/all/(1+float64(m.calls)/pullHalved))
		case all >= 4 && names*4 >= all*3 && v > -pullDoubt && v < decided:
			o.add(RulePull, names/all)
		}
	}
}

const (
	decided    = 1   // the log-odds from which on a word belongs to a majority, or needs none
	pullHalved = 19  // the calls of a word that halve the pull: a busy value has likeness
	pullDoubt  = 1.5 // the log-odds against a word up to which a majority of names pulls it
	pullStrong = 3   // the log-odds for a word up to which the same words below let it follow
)

// follows reports whether a word whose opinions have the sum v may be a value as its siblings are.
func follows(o *opinion, v float64) bool {
	return v < pullDoubt && o.of(RuleBehaviour) < decided || v < pullStrong && o.of(RuleVocabulary) < 0
}

// methods counts the words, and the ids beside them, that were called by each method.
func (l *level) methods() map[string]int {
	own := make(map[string]int)
	for _, m := range l.all() {
		for k := range m.slots {
			if k.isOwn() {
				own[k.method]++
			}
		}
	}
	return own
}

// isStranger reports whether a word is called as no sibling is, by the methods of all of them and by
// how many values are leaves and have something below.
func (c *candidate) isStranger(own map[string]int, leaves, deep int) bool {
	if !c.isLeaf() {
		return deep == 0 && leaves > 0 && !c.answers()
	}
	for k := range c.slots {
		if own[k.method] > 1 {
			return false
		}
	}
	return true
}
