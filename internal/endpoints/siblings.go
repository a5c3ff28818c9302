package endpoints

import (
	"cmp"
	"iter"
	"slices"

	"akita/internal/shape"
)

// siblings finds, among groups of words beside one another, those that a word may behave
// like, without a comparison with each: hundreds of operations that have nothing to do with one another
// may stand side by side.
//
// Two answers are alike only where they share nearly all fields that are always there (see
// shape.Likeness). So of any few of them more than may be missing, one is shared; the rarest
// leave the fewest to compare with. (It is the prefix filter of set similarity joins: Chaudhuri,
// Ganti, Kaushik, "A Primitive Operator for Similarity Joins in Data Cleaning", ICDE 2006.)
type siblings struct {
	words  map[trait]int   // words that have it
	groups map[trait][]int // groups of which a word has it
	all    []int
}

// trait is one thing that is answered somewhere at or below a word: a field, or the kinds
// of media without fields; below a word also that anything is called there.
type trait struct {
	at           site
	field, media string
}

// site is an operation at or below a word.
type site struct{ path, method string }

// maxMissing is the share of an answer's fields that an answer that is alike may lack where
// they are always there: with m of n fields missing, at most n-m of at least n are shared.
const maxMissing = 1 - alike

func newSiblings(words map[string]*place) *siblings {
	s := &siblings{words: make(map[trait]int, len(words)), groups: make(map[trait][]int, len(words))}
	for _, word := range words {
		for t := range word.traits() {
			s.words[t]++
		}
	}
	return s
}

// add tells of a group's word.
func (s *siblings) add(group int, word *place) {
	if len(s.all) == 0 || s.all[len(s.all)-1] < group {
		s.all = append(s.all, group)
	}
	for t := range word.traits() {
		s.groups[t] = append(s.groups[t], group)
	}
}

// like lists the groups that a word may behave like, in order.
func (s *siblings) like(word *place) []int {
	var found []int
	for at, op := range word.operations() {
		telling, ok := s.telling(at, op)
		if !ok {
			return s.all
		}
		for _, t := range telling {
			found = append(found, s.groups[t]...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// telling lists traits of which an operation that is alike has one; false where there are none such.
func (s *siblings) telling(at site, op *operation) ([]trait, bool) {
	if at.path != "" {
		return []trait{{at: at}}, true // that the same is called below tells something already
	}
	answer := op.answer()
	switch shape.Width(answer) {
	case 0:
		return []trait{{at: at, media: op.answerTypes()}}, true
	case 1: // a single field is not distinctive: such an answer is like nothing
		return nil, true
	}
	o, count := record(answer)
	if o == nil {
		return nil, false
	}
	var always []trait
	for _, f := range o.Fields {
		if f.Shape.Count() >= count {
			always = append(always, trait{at: at, field: f.Name})
		}
	}
	need := int(maxMissing*float64(len(o.Fields))) + 1
	if len(always) < need {
		return nil, false
	}
	slices.SortFunc(always, func(a, b trait) int {
		return cmp.Or(cmp.Compare(s.words[a], s.words[b]), cmp.Compare(a.field, b.field))
	})
	return always[:need], true
}

// record is the object that an answer is, or is a list of, and how many there were; nil where
// the answer is now this and now that.
func record(s *shape.Shape) (*shape.Object, uint64) {
	for s != nil && s.Object == nil {
		s = s.Items
	}
	if s == nil || s.Items != nil || s.Object.Values != nil {
		return nil, 0
	}
	return s.Object, s.Objs
}

// traits yields all traits of what is called at and below p.
func (p *place) traits() iter.Seq[trait] {
	return func(yield func(trait) bool) {
		for at, op := range p.operations() {
			if at.path != "" && !yield(trait{at: at}) {
				return
			}
			answer := op.answer()
			if shape.Width(answer) == 0 && !yield(trait{at: at, media: op.answerTypes()}) {
				return
			}
			for ; answer != nil; answer = answer.Items {
				if answer.Object == nil {
					continue
				}
				for _, f := range answer.Object.Fields {
					if !yield(trait{at: at, field: f.Name}) {
						return
					}
				}
			}
		}
	}
}

// operations yields what is called at and below p, as deep as comparisons go. A
// trailing slash makes no other place. What is below a place that only leads to words
// comes twice, as it is compared whatever its first word (compareItems).
func (p *place) operations() iter.Seq2[site, *operation] {
	return func(yield func(site, *operation) bool) { p.eachOperation("", treeDepth, yield) }
}

func (p *place) eachOperation(path string, depth int, yield func(site, *operation) bool) bool {
	if depth == 0 {
		return true
	}
	for _, at := range []*place{p, p.literals[""]} {
		if at == nil {
			continue
		}
		for method, op := range at.ops {
			if !yield(site{path, method}, op) {
				return false
			}
		}
	}
	for text, child := range p.literals {
		if text != "" && !child.eachOperation(path+"/"+text, depth-1, yield) {
			return false
		}
	}
	for suffix, param := range p.params {
		if !param.eachOperation(path+"/{}"+suffix, depth-1, yield) {
			return false
		}
	}
	if p.isSilent() {
		for item := range p.someItems {
			if !item.eachOperation(path+"/*", depth-1, yield) {
				return false
			}
		}
	}
	return true
}
