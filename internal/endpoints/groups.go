package endpoints

import (
	"slices"
	"strings"

	"akita/internal/names"
)

// group is a set of words beside one another that behave alike.
type group struct {
	words  []string       // sorted
	joined [different]int // words after the first, by how alike they were to those before them
	sum    *place         // everything that was called of them
	shared bool           // sum is the first word's own place
}

// verdict returns how alike most of the words are: weak or similar, unknown for a single word.
func (g *group) verdict() verdict {
	switch {
	case len(g.words) == 1:
		return unknown
	case g.joined[similar] >= g.joined[weak]:
		return similar
	}
	return weak
}

// groups sorts the candidates into groups that behave alike, by their first words.
func (p *place) groups() []*group {
	words := p.candidates()
	g := grouping{siblings: newSiblings(words), bySignature: make(map[string]int)}
	for _, text := range sortedKeys(words) {
		g.place(text, words[text])
	}
	return slices.DeleteFunc(g.groups, func(g *group) bool { return g.words == nil })
}

// candidates returns the words that may be values. A collection is not one, nor a pronoun.
func (p *place) candidates() map[string]*place {
	words := make(map[string]*place)
	for text, child := range p.literals {
		if text != "" && !child.hasItems() && child.exists() && !names.IsPronoun(strings.ToLower(text)) {
			words[text] = child
		}
	}
	return words
}

// grouping puts words into groups one by one.
type grouping struct {
	groups      []*group // a group that was united with another has no words
	siblings    *siblings
	bySignature map[string]int
}

func (g *grouping) place(text string, word *place) {
	signature := word.signature()
	if at, known := g.bySignature[signature]; known && signature != "" && g.groups[at].sum.covers(word) {
		g.join(at, text, word, similar)
		return
	}
	at, how, others := g.find(word)
	if at < 0 {
		at = len(g.groups)
		g.groups = append(g.groups, &group{words: []string{text}, sum: word, shared: true})
		g.siblings.add(at, word)
	} else {
		g.join(at, text, word, how)
	}
	for _, other := range others {
		g.unite(at, other)
	}
	if signature != "" {
		g.bySignature[signature] = at
	}
}

// find returns the group that a word behaves like, -1 if there is none: one that answers alike or,
// failing that, one that may. others are further groups that answer alike: as they have the word in
// common, they belong together.
func (g *grouping) find(word *place) (at int, best verdict, others []int) {
	at = -1
	for _, i := range g.siblings.like(word) {
		if g.groups[i].words == nil {
			continue
		}
		switch v := compare(g.groups[i].sum, word); {
		case v == different:
		case v > best:
			at, best = i, v
		case v == similar:
			others = append(others, i)
		}
	}
	return at, best, others
}

// join adds a word to a group.
func (g *grouping) join(at int, text string, word *place, how verdict) {
	to := g.groups[at]
	to.words = append(to.words, text)
	to.joined[how]++
	if !to.sum.covers(word) {
		to.add(word)
		g.siblings.add(at, word)
	}
}

// unite makes two groups one, unless they differ.
func (g *grouping) unite(at, other int) {
	to, from := g.groups[at], g.groups[other]
	if compare(to.sum, from.sum) == different {
		return
	}
	to.words = append(to.words, from.words...)
	slices.Sort(to.words)
	for how, count := range from.joined {
		to.joined[how] += count
	}
	to.joined[similar]++
	to.add(from.sum)
	g.siblings.add(at, from.sum)
	for signature, i := range g.bySignature {
		if i == other {
			g.bySignature[signature] = at
		}
	}
	from.words = nil
}

// add adds what was called of a word to the sum.
func (g *group) add(word *place) {
	if g.shared {
		own := newPlace()
		own.merge(g.sum)
		g.sum, g.shared = own, false
	}
	g.sum.merge(word)
}
