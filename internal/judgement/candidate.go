package judgement

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// candidate is a word with what is known of it at its level.
type candidate struct {
	*Sketch
	pairs []uint64 // hashes of the words below with their depths, in order
	below uint64   // a hash of pairs
	slots map[slot]*Operation

	like     float64 // how alike its answers are to those of the siblings most alike
	compared bool    // there was something to compare
	besides  float64 // how it compares with the ids beside it, 0 without any: see besideIDs
}

func newCandidate(s *Sketch) *candidate {
	if s.leaf != nil {
		c := *s.leaf
		return &c
	}
	c := &candidate{Sketch: s}
	slots := make(map[slot][]*Operation, len(s.ops))
	s.addBelowTo(c, slots, slot{}, 1)
	slices.Sort(c.pairs)
	c.pairs = slices.Compact(c.pairs)
	c.below = mixed(hashOffset, c.pairs...)
	c.slots = mergeEach(slots, mergeOperations)
	if len(s.ids) == 0 && (len(s.words) == 0 || len(s.words) == 1 && s.words[""] != nil) {
		known := *c
		s.leaf = &known
	}
	return c
}

// depthBelow is how many segments below a word count.
const depthBelow = 6

// slot is an operation at or below a word.
type slot struct {
	method string
	path   uint64 // a hash of the path from the word; 0 for the word itself
	named  bool   // there is a word in the path
	ids    bool   // the path begins with ids
}

// isOwn reports whether the operation is that of the word itself.
func (s slot) isOwn() bool { return s.path == 0 }

// word returns the slot of a word that follows, values that of ids.
func (s slot) word(text string) slot {
	s.path = mixed(s.path+1, hashOf(text))
	s.named = true
	return s
}

func (s slot) values(suffix string) slot {
	s.ids = s.ids || s.path == 0
	s.path = mixed(s.path+1, hashOf("{}"+suffix))
	s.named = s.named || suffix != ""
	return s
}

// addBelowTo collects the words and operations at and below s but for words that the round before
// took for values. At is where s stands.
func (s *Sketch) addBelowTo(c *candidate, slots map[slot][]*Operation, at slot, depth int) {
	if depth > depthBelow {
		return
	}
	s.addSlots(slots, at)
	if slash := s.words[""]; slash != nil {
		slash.addSlots(slots, at)
	}
	for text, w := range s.words {
		switch {
		case text == "":
		case w.value:
			w.addBelowTo(c, slots, at.values(""), depth+1)
		default:
			c.pairs = append(c.pairs, mixed(uint64(depth), hashOf(text)))
			w.addBelowTo(c, slots, at.word(text), depth+1)
		}
	}
	for suffix, p := range s.ids {
		p.addBelowTo(c, slots, at.values(suffix), depth+1)
	}
}

func (s *Sketch) addSlots(to map[slot][]*Operation, at slot) {
	for method, op := range s.ops {
		at.method = method
		to[at] = append(to[at], op)
	}
}

// sortedSlots returns the slots of a map in order: sums over them must not depend on the order.
func sortedSlots[V any](of map[slot]V) []slot {
	return slices.SortedFunc(maps.Keys(of), func(a, b slot) int {
		return cmp.Or(cmp.Compare(a.path, b.path), strings.Compare(a.method, b.method))
	})
}

// isLeaf reports whether nothing follows the word.
func (c *candidate) isLeaf() bool { return len(c.pairs)+len(c.ids) == 0 }

// answersWith reports whether the word's own answer has a member at its top.
func (c *candidate) answersWith(name string) bool {
	for k, op := range c.slots {
		if k.isOwn() && op.answer != nil && op.answer.has(name) {
			return true
		}
	}
	return false
}

// hasAnswer reports whether an answer at or below the word shows something.
func (c *candidate) hasAnswer() bool {
	for _, op := range c.slots {
		if op.answer != nil {
			return true
		}
	}
	return false
}

// isBlank reports whether all answers of a word are JSON that says nothing.
func (c *candidate) isBlank() bool {
	for _, op := range c.slots {
		if !op.blank {
			return false
		}
	}
	return true
}
