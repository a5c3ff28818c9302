package judgement

import (
	"maps"
	"slices"

	"akita/internal/segment"
)

// context is where a level stands.
type context struct {
	top         bool   // at the start of paths
	belowParam  bool   // a parameter is above, not necessarily right above
	belowValues bool   // right below a parameter
	strict      bool   // which has nothing but integers, UUIDs and such
	slugs       bool   // which has words among its values
	above       string // the word before
}

// level is the words beside one another below one place.
type level struct {
	*judgement
	context
	members  []*candidate
	opinions []*opinion // of members
	beside   *candidate // the ids beside them; nil if none were called with success
}

// judge decides the words of one level and merges those that are values; then goes on below.
func (j *judgement) judge(s *Sketch, at context) {
	taken := j.decide(s, at)
	s.words, s.ids = maps.Clone(s.words), maps.Clone(s.ids)
	if len(taken) > 0 {
		s.take(taken)
	}
	for _, w := range s.sortedWords() {
		c := *w
		s.words[w.text] = &c
		if c.tail = c.isTail(); c.tail {
			j.changed = c.fold() || j.changed
		}
		j.judge(&c, context{belowParam: at.belowParam, above: w.text})
	}
	for _, suffix := range sortedKeys(s.ids) {
		c := *s.ids[suffix]
		s.ids[suffix] = &c
		j.judge(&c, context{
			belowParam: true, belowValues: true, strict: c.kind == strictIDs, slugs: c.kind&slugIDs != 0, above: "{}",
		})
	}
}

// decide returns what was said of the words right below s that are values, and marks them.
func (j *judgement) decide(s *Sketch, at context) (taken []*opinion) {
	l := j.level(s, at)
	if len(l.members) == 0 {
		return nil
	}
	for _, r := range rules() {
		r.speak(l)
	}
	for _, o := range l.opinions {
		isValue := o.sum() < 0
		for _, f := range o.word.from {
			j.changed = j.changed || f.value != isValue
			f.value = isValue
		}
		o.word.value = isValue
		if isValue {
			taken = append(taken, o)
		}
	}
	return taken
}

// level collects what is known of the words right below s.
func (j *judgement) level(s *Sketch, at context) *level {
	l := &level{judgement: j, context: at}
	for _, w := range s.judged() {
		l.members = append(l.members, newCandidate(w))
		l.opinions = append(l.opinions, &opinion{word: w})
	}
	if p := s.ids[""]; p != nil && p.fine && p.kind != 0 {
		l.beside = newCandidate(p)
		for _, m := range l.members {
			m.besides = m.besideIDs(l.beside, l.above)
		}
	}
	return l
}

// all returns the words and the ids beside them, if there are any.
func (l *level) all() []*candidate {
	if l.beside == nil {
		return l.members
	}
	return append(l.members[:len(l.members):len(l.members)], l.beside)
}

// take makes words values. It changes the maps of s, which its caller has copied.
func (s *Sketch) take(taken []*opinion) {
	texts := make([]string, len(taken))
	var list []*Sketch
	for i, o := range taken {
		texts[i] = o.word.text
		list = append(list, o.word)
	}
	suffix := CommonSuffix(texts)
	if p := s.ids[suffix]; p != nil {
		list = slices.Insert(list, 0, p)
	}
	s.reasons = reasonsOf(taken)
	p := *mergeSketches(list)
	p.text = "{}" + suffix
	p.kind |= tokens | slugIDs
	s.taken = make(map[string]bool, len(texts))
	for _, text := range texts {
		s.taken[text] = true
		delete(s.words, text)
	}
	if s.ids == nil {
		s.ids = make(map[string]*Sketch)
	}
	s.ids[suffix] = &p
}

// CommonSuffix returns what all words end with, an ending or an action, or "".
func CommonSuffix(words []string) string {
	_, suffix := segment.CutSuffix(words[0])
	for _, text := range words[1:] {
		if _, other := segment.CutSuffix(text); other != suffix {
			return ""
		}
	}
	return suffix
}
