package endpoints

import (
	"maps"
	"slices"
	"strings"

	"akita/internal/shape"
)

// Two places are compared by their 2xx responses and by those below them, field by field
// (shape.Likeness).
const (
	alike     = 0.8 // the likeness at or above which two responses are alike
	unlike    = 0.5 // the likeness below which they are not
	treeDepth = 6   // how many segments deep responses are compared
)

// verdict is the result of comparing two places. A greater verdict overrides a smaller one.
type verdict int

const (
	unknown   verdict = iota
	weak              // the same methods are answered in the same way, and no more is known
	similar           // the responses are alike
	different         // the responses are not alike
)

// compare judges whether two siblings behave like two values of one parameter. They do not if their
// own responses differ. Otherwise the majority of the verdicts at and below both decides.
func compare(a, b *place) verdict {
	if own := compareOwn(a, b); own == different {
		return different
	}
	votes := make(map[verdict]int)
	compareTrees(a, b, treeDepth, votes)
	return majority(votes)
}

// majority returns the verdict with the most votes.
func majority(votes map[verdict]int) verdict {
	switch {
	case votes[different] > 0 && votes[different] >= votes[similar]:
		return different
	case votes[similar] > 0:
		return similar
	case votes[weak] > 0:
		return weak
	}
	return unknown
}

// maxItems bounds the words below a place that are compared with those below another.
const maxItems = 3

// someItems yields the first words below p.
func (p *place) someItems(yield func(*place) bool) {
	for i, text := range sortedKeys(p.literals) {
		if i == maxItems || !yield(p.literals[text]) {
			return
		}
	}
}

// sharesMethod reports whether a method was called at both places.
func sharesMethod(a, b *place) bool {
	for method := range a.ops {
		if b.ops[method] != nil {
			return true
		}
	}
	return false
}

// compareTrees counts the verdicts at and below both places.
func compareTrees(a, b *place, depth int, votes map[verdict]int) {
	if depth == 0 {
		return
	}
	own := compareOwn(a, b)
	if own == unknown && depth < treeDepth && sharesMethod(a, b) {
		own = weak // the same is called below both
	}
	votes[own]++
	shared := false
	for text, child := range a.literals {
		if other := b.literals[text]; other != nil && text != "" {
			shared = true
			compareTrees(child, other, depth-1, votes)
		}
	}
	for suffix, param := range a.params {
		if other := b.params[suffix]; other != nil {
			compareTrees(param, other, depth-1, votes)
		}
	}
	if !shared && a.isSilent() && b.isSilent() {
		compareItems(a, b, depth-1, votes)
	}
}

// isSilent reports whether p was never called itself and only words follow it.
func (p *place) isSilent() bool { return len(p.ops)+len(p.params) == 0 && p.literals[""] == nil }

// compareItems compares the words below two places that only words follow and that have no word in
// common: /repos/acme/website and /repos/globex/tools. Alike responses are a weak sign.
func compareItems(a, b *place, depth int, votes map[verdict]int) {
	for x := range a.someItems {
		for y := range b.someItems {
			below := make(map[verdict]int)
			compareTrees(x, y, depth, below)
			switch v := majority(below); v {
			case similar:
				votes[weak]++
			case different:
				votes[different]++
			}
		}
	}
}

// compareOwn compares the responses of exactly these paths, with or without a trailing slash.
func compareOwn(a, b *place) verdict {
	found := unknown
	for _, x := range []*place{a, a.literals[""]} {
		for _, y := range []*place{b, b.literals[""]} {
			if x == nil || y == nil {
				continue
			}
			for method, op := range x.ops {
				if other := y.ops[method]; other != nil {
					found = max(found, compareOperations(op.sum(), other.sum()))
				}
			}
		}
	}
	return found
}

func compareOperations(a, b *facts) verdict {
	x, y := a.answer(), b.answer()
	if shape.IsDistinctive(x) && shape.IsDistinctive(y) {
		switch likeness := shape.Likeness(x, y); {
		case likeness >= alike:
			return similar
		case likeness < unlike:
			return different
		}
		return unknown
	}
	if shape.Width(x)+shape.Width(y) > 0 {
		return unknown
	}
	types, others := a.answerTypes(), b.answerTypes()
	switch {
	case types == "" || others == "":
		return unknown
	case types == others:
		return weak
	}
	return unknown
}

// answerTypes lists the 2xx statuses of an operation with the kinds of their bodies: data, file or
// nothing. Files of every type are one kind.
func (f *facts) answerTypes() string {
	var b strings.Builder
	for _, status := range slices.Sorted(maps.Keys(f.Responses)) {
		if status/100 != 2 {
			continue
		}
		r := f.Responses[status]
		if r.NoBody > 0 || len(r.Bodies) == 0 {
			b.WriteString("nothing ")
		}
		kinds := make(map[string]bool)
		for _, body := range r.Bodies {
			switch {
			case body.Shape != nil && body.Shape.Strs == 0:
				kinds["data"] = true
			default:
				kinds["file"] = true
			}
		}
		b.WriteString(strings.Join(sortedKeys(kinds), ",") + ";")
	}
	return b.String()
}

// answer returns the shape of all 2xx responses. It is only read.
func (f *facts) answer() *shape.Shape {
	if f.success == nil {
		f.success = f.sumOfAnswers()
	}
	return f.success
}

func (f *facts) sumOfAnswers() *shape.Shape {
	var found []*shape.Shape
	for status, r := range f.Responses {
		if status/100 != 2 {
			continue
		}
		for _, b := range r.Bodies {
			if b.Shape != nil {
				found = append(found, b.Shape)
			}
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	sum := new(shape.Shape)
	for _, s := range found {
		sum.Merge(s)
	}
	return sum
}
