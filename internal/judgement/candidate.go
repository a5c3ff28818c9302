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
	pairs map[pair]bool
	slots map[slot]*Operation

	like     float64 // how alike its answers are to those of the siblings most alike
	compared bool    // there was something to compare
	besides  float64 // how it compares with the ids beside it, 0 without any: see besideIDs
}

func newCandidate(s *Sketch) *candidate {
	c := &candidate{Sketch: s, pairs: make(map[pair]bool), slots: make(map[slot]*Operation)}
	s.addPairs(1, c.pairs)
	slots := make(map[slot][]*Operation)
	s.addSlots("", 1, slots)
	c.slots = mergeEach(slots, mergeOperations)
	return c
}

// depthBelow is how many segments below a word count.
const depthBelow = 6

// pair is a word below a place with its depth.
type pair struct {
	depth int
	word  string
}

// addPairs collects the words below s but for those that the round before took for values.
func (s *Sketch) addPairs(depth int, to map[pair]bool) {
	if depth > depthBelow {
		return
	}
	for text, w := range s.words {
		if text == "" {
			continue
		}
		if !w.value {
			to[pair{depth, text}] = true
		}
		w.addPairs(depth+1, to)
	}
	for _, p := range s.ids {
		p.addPairs(depth+1, to)
	}
}

// slot is an operation at or below a word.
type slot struct{ path, method string }

// isOwn reports whether the operation is that of the word itself.
func (s slot) isOwn() bool { return s.path == "" }

// isNamed reports whether a word follows in the path.
func (s slot) isNamed() bool { return strings.Trim(s.path, "/{}") != "" }

// addSlots collects the operations at and below s, whose path from the word is given.
func (s *Sketch) addSlots(path string, depth int, to map[slot][]*Operation) {
	if depth > depthBelow {
		return
	}
	for _, at := range []*Sketch{s, s.words[""]} {
		if at == nil {
			continue
		}
		for method, op := range at.ops {
			k := slot{path, method}
			to[k] = append(to[k], op)
		}
	}
	for text, w := range s.words {
		if text == "" {
			continue
		}
		if w.value {
			text = "{}"
		}
		w.addSlots(path+"/"+text, depth+1, to)
	}
	for suffix, p := range s.ids {
		p.addSlots(path+"/{}"+suffix, depth+1, to)
	}
}

// sortedSlots returns the slots of a map in order: sums over them must not depend on the order.
func sortedSlots[V any](of map[slot]V) []slot {
	return slices.SortedFunc(maps.Keys(of), func(a, b slot) int {
		return cmp.Or(strings.Compare(a.path, b.path), strings.Compare(a.method, b.method))
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
