package judgement

import "math"

// vocabulary compares which words stand below words: below values of one kind there are the same
// words, and below names mostly others.
func (l *level) vocabulary() {
	all := l.all()
	if len(all) < 2 {
		return
	}
	c := newCrowd()
	for i, m := range all {
		if len(m.pairs) > 0 {
			c.add(i, m.below, m.pairs)
		}
	}
	for at := range c.classes {
		like, supporters := c.likeVocabulary(at, len(all)-1)
		w := vocabularyOf(like, supporters, len(c.classes[at].traits))
		for _, i := range c.classes[at].members {
			if i < len(l.members) {
				l.opinions[i].add(RuleVocabulary, w)
			}
		}
	}
}

// likeVocabulary returns how alike the words below the members of a class are to those below the n
// others that are most like them, and how many are alike.
func (c *crowd) likeVocabulary(at, n int) (like float64, supporters int) {
	var likes best
	add := func(other, times int) {
		a, b := c.classes[at].traits, c.classes[other].traits
		like := float64(countShared(a, b)) / (float64(min(len(a), len(b))) + vocabularySlack)
		likes.add(like, times)
		if like >= vocabularySupport {
			supporters += times
		}
	}
	add(at, len(c.classes[at].members)-1)
	for _, other := range c.near(at, maxCompared, nil) {
		add(other, len(c.classes[other].members))
	}
	return likes.mean(n), supporters
}

// vocabularyOf weighs how alike the words below a word are to those below its siblings. That they
// differ says less, and less still if there are few.
func vocabularyOf(like float64, supporters, pairs int) float64 {
	w := vocabularyWeight * (vocabularyOfNames - like)
	if w > 0 {
		return w / 2 * min(1, float64(pairs)/3)
	}
	return w * min(3, math.Log2(1+float64(supporters)))
}

const (
	vocabularySlack   = 1.25 // one or two words that are the same may be chance
	vocabularySupport = 0.4  // the likeness from which on a sibling supports another
)
