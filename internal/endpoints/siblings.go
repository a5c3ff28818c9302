package endpoints

import (
	"cmp"
	"iter"
	"slices"

	"akita/internal/shape"
)

// siblings finds the groups that a word may behave like, without comparing it with each: hundreds of
// operations that have nothing to do with one another may be side by side.
//
// Two responses are alike only if they share nearly all fields that are always present
// (shape.Likeness). Hence of any set of these fields that is larger than the number that may be
// missing, at least one is shared, and a set of the rarest fields leaves the fewest groups to
// compare with. This is the prefix filter of set similarity joins: Chaudhuri, Ganti, Kaushik, "A
// Primitive Operator for Similarity Joins in Data Cleaning", ICDE 2006.
type siblings struct {
	words  map[trait]int   // words that have it
	groups map[trait][]int // groups of which a word has it
	all    []int
}

// trait is one thing that is known of the calls at or below a word: a field of a response or, of
// responses without fields, the kinds of their bodies. Below a word the call alone is a trait too.
type trait struct {
	at           site
	field, media string
}

// site is an operation at or below a word.
type site struct{ path, method string }

// maxMissing is the share of the fields that are always present in a response which one that is
// alike may lack: if it lacks m of n fields, at most n-m of at least n fields are shared.
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

// add adds the traits of a word to a group.
func (s *siblings) add(group int, word *place) {
	if len(s.all) == 0 || s.all[len(s.all)-1] < group {
		s.all = append(s.all, group)
	}
	for t := range word.traits() {
		s.groups[t] = append(s.groups[t], group)
	}
}

// like lists the groups that a word may behave like, in ascending order.
func (s *siblings) like(word *place) []int {
	var found []int
	for at, op := range word.operations() {
		traits, ok := s.discriminating(at, op)
		if !ok {
			return s.all
		}
		for _, t := range traits {
			found = append(found, s.groups[t]...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// discriminating returns traits, at least one of which any similar operation has; ok is false if
// there are none.
func (s *siblings) discriminating(at site, op *operation) (traits []trait, ok bool) {
	if at.path != "" {
		return []trait{{at: at}}, true // that the same is called below is a weak sign already
	}
	answer := op.answer()
	switch shape.Width(answer) {
	case 0:
		return []trait{{at: at, media: op.answerTypes()}}, true
	case 1: // a single field is not distinctive: nothing is similar
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

// record returns the object that responses are or list, and how many there were; nil if responses
// vary between types.
func record(s *shape.Shape) (*shape.Object, uint64) {
	for s != nil && s.Object == nil {
		s = s.Items
	}
	if s == nil || s.Items != nil || s.Object.Values != nil {
		return nil, 0
	}
	return s.Object, s.Objs
}

// traits yields all traits of the calls at and below p.
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

// operations yields what is called at and below p, as deep as compare looks. A trailing slash does
// not make another place. What is below a place that only words follow is yielded twice, once under
// "*": compareItems compares it without regard to its first word.
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
