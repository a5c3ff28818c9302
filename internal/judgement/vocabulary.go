package judgement

import (
	"math"
	"slices"
)

// vocabulary compares which words stand below words: below values of one kind there are the same
// words, and below names mostly others.
func (l *level) vocabulary() {
	all := l.all()
	index := make(map[pair][]int)
	for i, m := range all {
		for p := range m.pairs {
			index[p] = append(index[p], i)
		}
	}
	shared := make([]int, len(all))
	for i, m := range l.members {
		if len(m.pairs) == 0 {
			continue
		}
		clear(shared)
		for p := range m.pairs {
			for _, k := range index[p] {
				shared[k]++
			}
		}
		var likes []float64
		supporters := 0
		for k, other := range all {
			if k == i {
				continue
			}
			like := 0.0
			if len(other.pairs) > 0 {
				like = float64(shared[k]) / (float64(min(len(m.pairs), len(other.pairs))) + vocabularySlack)
			}
			likes = append(likes, like)
			if like >= vocabularySupport {
				supporters++
			}
		}
		if len(likes) > 0 {
			l.opinions[i].add(RuleVocabulary, vocabularyOf(meanOfBest(likes), supporters, len(m.pairs)))
		}
	}
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

// meanOfBest is the mean of the highest third, four at most: a level may hold values and names, so
// that a word is compared with those that are most like it. It sorts the list.
func meanOfBest(list []float64) float64 {
	slices.Sort(list)
	best := list[len(list)-min(4, (len(list)+2)/3):]
	var sum float64
	for _, x := range best {
		sum += x
	}
	return sum / float64(len(best))
}
