package judgement

// elsewhere adds what the other places of a word said of it in the round before: who is a value in
// /users/ann is one in /teams/7/members/ann. The prior of a place is its own.
func (l *level) elsewhere() {
	for _, o := range l.opinions {
		l.note(o.word, o.sum(RulePrior))
		if k := l.known[o.word.text]; k != nil {
			o.add(RuleElsewhere, max(-elsewhereMost, min(elsewhereMost, k.without(o.word))))
		}
	}
}

// note keeps what a place says of its word for the next round.
func (j *judgement) note(word *Sketch, says float64) {
	k := j.next[word.text]
	if k == nil {
		k = &said{at: make(map[*Sketch]float64)}
		j.next[word.text] = k
	}
	k.sum += says
	for _, f := range word.from {
		k.at[f] = says
	}
}

// without returns what the places of a word said but for one. Places that were merged spoke
// as one.
func (s *said) without(word *Sketch) float64 {
	for _, f := range word.from {
		if says, ok := s.at[f]; ok {
			return s.sum - says
		}
	}
	return s.sum
}
