package judgement

import (
	"slices"

	"akita/internal/shape"
)

// Operation is what was called at a place by one method. It is only read.
type Operation struct {
	calls, good uint64
	fine        bool     // any call was served
	found       bool     // any call was answered with more than "not found"
	answer      *answer  // nil for no evidence
	asked       []uint64 // hashes of names of query parameters and of members of the body, in order
	files       bool     // some answers are neither JSON nor a page
	blank       bool     // answers are JSON and say nothing
	hash        uint64   // operations with the same hash compare in the same way
}

// Calls describes what was called at a place by one method.
type Calls struct {
	Count uint64
	Good  uint64 // answered with 2xx and JSON
	// Served reports whether the application dealt with any: it accepted one with more than "not
	// modified", or refused one for what it asked for.
	Served bool
	Found  bool         // any was answered with more than "not found"
	Answer *shape.Shape // of all 2xx answers
	Files  bool         // some answers are neither JSON nor a page
	Asked  []string     // what calls carried: names of query parameters ("?page") and of members of the body
}

// NewOperation sketches calls.
func NewOperation(c Calls) *Operation {
	o := &Operation{
		calls: c.Count, good: c.Good, fine: c.Served, found: c.Found, files: c.Files, answer: newAnswer(c.Answer),
	}
	o.blank = o.answer == nil && shape.Width(c.Answer) != 1 && o.good > 0
	for _, name := range c.Asked {
		o.asked = append(o.asked, hashOf(name))
	}
	return o.complete()
}

// complete sets what follows from the rest.
func (o *Operation) complete() *Operation {
	slices.Sort(o.asked)
	o.asked = slices.Compact(o.asked)
	o.hash = mixed(hashOffset, o.asked...)
	if o.answer != nil {
		o.hash = mixed(o.hash, o.answer.hash)
	}
	return o
}

// traits are the names that operations have in common if they are alike.
func (o *Operation) traits() []uint64 {
	traits := slices.Clone(o.asked)
	a := o.answer
	for a != nil && a.content != nil {
		a = a.content
	}
	if a != nil {
		for i := range a.members {
			traits = append(traits, a.members[i].hash)
		}
	}
	return traits
}

// mergeOperations returns the sum of operations, which may be nil.
func mergeOperations(list []*Operation) *Operation {
	if len(list) == 1 {
		return list[0]
	}
	list = slices.DeleteFunc(slices.Clone(list), func(o *Operation) bool { return o == nil })
	if len(list) < 2 {
		return mergePairwise(list, nil)
	}
	sum := &Operation{blank: true}
	var answers []*answer
	for _, o := range list {
		sum.calls += o.calls
		sum.good += o.good
		sum.fine = sum.fine || o.fine
		sum.files = sum.files || o.files
		sum.blank = sum.blank && o.blank
		answers = append(answers, o.answer)
		sum.asked = append(sum.asked, o.asked...)
	}
	sum.answer = mergePairwise(answers, mergeAnswers)
	return sum.complete()
}

// likenessOf compares what was asked and what was answered, from 0 to 1; ok is false if nothing
// can be compared.
func likenessOf(method string, a, b *Operation) (likeness float64, ok bool) {
	asked, known := askedLikeness(a, b)
	if a.answer != nil && b.answer != nil {
		l := a.answer.likeness(b.answer)
		if known && asked == 0 {
			l = min(l, likenessOfOtherRequests)
		}
		return l, true
	}
	if known && (method == "PUT" && asked > 0.5 || asked == 0) {
		return asked, true
	}
	return 0, false
}

// likenessOfOtherRequests bounds the likeness of operations that carry nothing in common.
const likenessOfOtherRequests = 0.3

// askedLikeness is the share of names that both carried, of all names; known is false if one of
// them carried nothing.
func askedLikeness(a, b *Operation) (likeness float64, known bool) {
	if len(a.asked) == 0 || len(b.asked) == 0 {
		return 0, false
	}
	return shareOf(a.asked, b.asked), true
}

// shareOf returns the share of the numbers of both lists that are in both of them.
func shareOf(a, b []uint64) float64 {
	both := countShared(a, b)
	return float64(both) / float64(len(a)+len(b)-both)
}

// countShared counts the numbers that are in both lists, which are sorted.
func countShared(a, b []uint64) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			n++
			a, b = a[1:], b[1:]
		case a[0] < b[0]:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return n
}
