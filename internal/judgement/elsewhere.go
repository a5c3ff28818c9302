package judgement

import "maps"

// elsewhere adds what the other places of a word said of it in the round before: who is a value in
// /users/ann is one in /teams/7/members/ann. The prior of a place is its own.
func (l *level) elsewhere() {
	for _, o := range l.opinions {
		l.next.note(o.word, o.sum(RulePrior))
		if k := l.known[o.word.text]; k != nil {
			o.add(RuleElsewhere, max(-elsewhereMost, min(elsewhereMost, k.without(o.word))))
		}
	}
}

// hearsay is what the places of each word say of it.
type hearsay map[string]*said

// said is what the places of a word say of it.
type said struct {
	sum    float64
	places int                 // places that were merged speak as one
	at     map[*Sketch]float64 // by the places of the tree as it was seen
}

func (h hearsay) note(word *Sketch, says float64) {
	k := h[word.text]
	if k == nil {
		k = &said{at: make(map[*Sketch]float64, 1)}
		h[word.text] = k
	}
	k.sum += says
	k.places++
	for _, f := range word.from {
		k.at[f] = says
	}
}

// says reports whether both say the same of words elsewhere. What the only place of a word says
// does not count.
func (h hearsay) says(o hearsay) bool {
	return h.within(o) && o.within(h)
}

func (h hearsay) within(o hearsay) bool {
	for text, k := range h {
		if other := o[text]; k.places > 1 && (other == nil || k.sum != other.sum || !maps.Equal(k.at, other.at)) {
			return false
		}
	}
	return true
}

// without returns what the places of a word said but for one.
func (s *said) without(word *Sketch) float64 {
	for _, f := range word.from {
		if says, ok := s.at[f]; ok {
			return s.sum - says
		}
	}
	return s.sum
}
