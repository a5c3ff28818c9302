package apimodel

import (
	"strings"

	"akita/internal/shape"
)

// How alike two places behave is judged by what was answered with 2xx, field by field, there
// and below.
const (
	alike        = 0.8 // share of fields that two answers have in common that are alike
	unlike       = 0.5 // and two that are not
	minFields    = 2   // an answer with fewer fields proves nothing
	profileDepth = 3   // how deep answers are compared
	treeDepth    = 6   // how far below answers are compared
)

// verdict is what the comparison of two places says, from nothing to much; different
// outweighs all.
type verdict int

const (
	unknown   verdict = iota
	weak              // the same methods are answered in the same way, as far as can be seen
	similar           // answers are alike
	different         // answers are not
)

// compare tells whether two siblings behave like two values of one parameter. What they
// answer themselves decides; below them the majority does.
func compare(a, b *node) verdict {
	if own := compareOwn(a, b); own == different {
		return different
	}
	votes := make(map[verdict]int)
	compareTrees(a, b, treeDepth, votes)
	return majority(votes)
}

// majority is what most votes say.
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

// maxItems bounds how many words below a place are compared with those of another.
const maxItems = 3

// someItems yields the first words below n.
func (n *node) someItems(yield func(*node) bool) {
	for i, text := range sortedKeys(n.literals) {
		if i == maxItems || !yield(n.literals[text]) {
			return
		}
	}
}

// sharesMethod reports whether the same method was called at both.
func sharesMethod(a, b *node) bool {
	for method := range a.ops {
		if b.ops[method] != nil {
			return true
		}
	}
	return false
}

// compareTrees counts the verdicts on what is called at and below both.
func compareTrees(a, b *node, depth int, votes map[verdict]int) {
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

// isSilent reports whether n only leads to words.
func (n *node) isSilent() bool { return len(n.ops)+len(n.params) == 0 && n.literals[""] == nil }

// compareItems compares what stands below places that only lead to words and have none in common:
// /repos/acme/website and /repos/globex/tools. That it is alike speaks for them, weakly.
func compareItems(a, b *node, depth int, votes map[verdict]int) {
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

// compareOwn compares what was answered right there, with a trailing slash or without.
func compareOwn(a, b *node) verdict {
	found := unknown
	for _, x := range []*node{a, a.literals[""]} {
		for _, y := range []*node{b, b.literals[""]} {
			if x == nil || y == nil {
				continue
			}
			for method, op := range x.ops {
				if other := y.ops[method]; other != nil {
					found = max(found, compareOperations(op, other))
				}
			}
		}
	}
	return found
}

func compareOperations(a, b *operation) verdict {
	x, y := a.answer(), b.answer()
	if width(x) >= minFields && width(y) >= minFields {
		switch likeness := alikeness(x, y, profileDepth); {
		case likeness >= alike:
			return similar
		case likeness < unlike:
			return different
		}
		return unknown
	}
	if width(x)+width(y) > 0 {
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

// answerTypes are the statuses and kinds of media that the operation answers with where it
// answers well; files of every type are one kind.
func (op *operation) answerTypes() string {
	var b strings.Builder
	for _, status := range sortedKeys(op.Responses) {
		if status/100 != 2 {
			continue
		}
		r := op.Responses[status]
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

// answer is what was answered with 2xx. The caller leaves it as it is.
func (op *operation) answer() *shape.Shape {
	if op.answered != nil {
		return op.answered
	}
	sum := new(shape.Shape)
	for status, r := range op.Responses {
		if status/100 == 2 {
			for _, b := range r.Bodies {
				sum.Merge(b.Shape)
			}
		}
	}
	op.answered = sum
	return sum
}

// signature is the same for nodes that answer exactly alike; "" where nothing is known.
func (n *node) signature() string {
	var b strings.Builder
	for _, place := range []*node{n, n.literals[""]} {
		if place == nil {
			continue
		}
		for _, method := range sortedKeys(place.ops) {
			if answer := place.ops[method].answer(); width(answer) >= minFields {
				fields := make(map[string]bool)
				addFields(fields, "", answer, profileDepth)
				b.WriteString(method + " " + strings.Join(sortedKeys(fields), ",") + "\n")
			}
		}
	}
	return b.String()
}

// width is the number of fields of an answer, or of the items in it.
func width(s *shape.Shape) int {
	switch {
	case s == nil:
		return 0
	case s.Object != nil:
		return len(s.Object.Fields)
	}
	return width(s.Items)
}

// alikeness compares two shapes, from 0 to 1: the share of fields that both have, each
// weighed by how alike what stands in it is, or by how often it was there. What one of
// them leaves open (null, an empty array, depth) says nothing against it.
func alikeness(a, b *shape.Shape, depth int) float64 {
	switch {
	case a == nil || b == nil || depth == 0:
		return 1
	case a.Arrs > 0 && b.Arrs > 0:
		return alikeness(a.Items, b.Items, depth)
	case a.Object == nil || b.Object == nil:
		if open(a) || open(b) || kinds(a)&kinds(b) != 0 {
			return 1
		}
		return 0
	case a.Object.Values != nil && b.Object.Values != nil:
		return alikeness(a.Object.Values, b.Object.Values, depth-1)
	}
	var both, all float64
	for _, f := range b.Object.Fields {
		if other := a.Object.Fields.Get(f.Name); other != nil {
			both += alikeness(other, f.Shape, depth-1)
			all++
		} else {
			all += presence(f.Shape, b)
		}
	}
	for _, f := range a.Object.Fields {
		if b.Object.Fields.Get(f.Name) == nil {
			all += presence(f.Shape, a)
		}
	}
	if all == 0 {
		return 1
	}
	return both / all
}

// presence is the share of the objects of s that have a field: that a few answers lack one
// that is rare says little.
func presence(field, s *shape.Shape) float64 {
	return min(1, float64(field.Count())/float64(max(1, s.Objs)))
}

// open reports whether nothing but null was seen.
func open(s *shape.Shape) bool { return s.Count() == s.Nulls }

// kinds is the set of JSON types seen; integers are numbers.
func kinds(s *shape.Shape) (set int) {
	for i, n := range []uint64{s.Bools, s.Ints + s.Nums, s.Strs, s.Arrs, s.Objs, s.Opaques} {
		if n > 0 {
			set |= 1 << i
		}
	}
	return set
}

func addFields(fields map[string]bool, at string, s *shape.Shape, depth int) {
	if s == nil || depth == 0 {
		return
	}
	addFields(fields, at+"[]", s.Items, depth)
	if s.Object == nil {
		return
	}
	for _, f := range s.Object.Fields {
		path := at + "." + f.Name
		fields[path] = true
		addFields(fields, path, f.Shape, depth-1)
	}
	if s.Object.Values != nil {
		fields[at+".*"] = true
		addFields(fields, at+".*", s.Object.Values, depth-1)
	}
}

func jaccard(a, b map[string]bool) float64 {
	both := 0
	for name := range a {
		if b[name] {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
