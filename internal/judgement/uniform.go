package judgement

import (
	"slices"

	"akita/internal/format"
	"akita/internal/names"
)

// uniform speaks against words that nothing follows, or the same does, and that are called alike:
// items of the word above.
func (l *level) uniform() {
	if l.belowValues || l.top || format.IsVersion(l.above) {
		return
	}
	for _, group := range l.groups() {
		g := sharing(l.members, group)
		if len(g)*4 >= len(l.members)*3 && l.areItems(g) {
			for _, i := range g {
				l.opinions[i].add(RuleUniform, uniformWeight)
			}
		}
	}
}

// groupKey is what is below the words of a group; methods differ from item to item.
type groupKey struct {
	words uint64
	ids   bool
}

// groups returns the members by what is called below them, without those that are collections or
// answer as no other does.
func (l *level) groups() map[groupKey][]int {
	groups := make(map[groupKey][]int)
	for i, m := range l.members {
		switch {
		case len(m.ids) > 0 && (m.answers() || len(m.pairs) > 0),
			m.isCollection(),
			len(m.pairs) > 0 && (m.answers() || len(l.members) < 3):
			continue
		case m.compared && m.like < uniformLike, m.isBlank():
			continue
		}
		key := groupKey{m.below, len(m.ids) > 0}
		groups[key] = append(groups[key], i)
	}
	return groups
}

const (
	uniformLike  = 0.25 // the likeness to the others that each has
	uniformLikes = 0.45 // and all together have
)

// areItems reports whether a group is items of the word above.
func (l *level) areItems(group []int) bool {
	var like, n float64
	known, views, special, unlike := false, 0, 0, 0
	for _, i := range group {
		m := l.members[i]
		if m.compared {
			like += m.like
			n++
		}
		known = known || m.hasAnswer()
		if op := m.own("GET"); op != nil && op.answer != nil && op.answer.isList() {
			views++
		}
		if l.beside != nil && m.besides >= besideUnlike {
			unlike++
		}
		if isSpecial(m.text) {
			special++
		}
	}
	plural := names.IsPlural(l.above)
	switch {
	case n > 0 && like/n < uniformLikes:
		return false
	case unlike*2 > len(group):
		return false // they are not as the ids beside them
	case views*2 > len(group) && (!plural || special*2 >= len(group) || l.beside != nil):
		return false // views of the same things
	}
	return len(group) >= 3 && (known || plural) || len(group) == 2 && known && plural
}

// sharing returns those of a group that are called in a place and by a method as another is.
func sharing(members []*candidate, group []int) []int {
	called := make(map[slot]int)
	for _, i := range group {
		for k := range members[i].slots {
			called[k]++
		}
	}
	return slices.DeleteFunc(slices.Clone(group), func(i int) bool {
		for k := range members[i].slots {
			if called[k] > 1 {
				return false
			}
		}
		return true
	})
}
