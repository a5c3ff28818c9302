package apimodel

import (
	"math"

	"akita/internal/shape"
	"akita/internal/witness"
)

// node is one place in a tree of calls. Its children are the segments that followed: words
// by themselves, and everything else as values of a parameter, one for each ending or
// action that followed them ("", ".csv", ":cancel").
//
// Every method that lets a node grow takes how many words and how many endings it may tell
// apart. What is more is forgotten as a whole: all words become values of the parameter, and
// all endings part of its values. That depends on the calls alone, not on their order.
type node struct {
	literals map[string]*node
	params   map[string]*node      // by suffix
	ops      map[string]*operation // by method: calls that ended here

	arg   shape.Shape // on a parameter: the values that stood there
	words uint64      // on a parameter: how many of them were words
	told  uint64      // of these, how many different ones were decided to be values; nothing of it is kept
	code  string      // on a parameter, while it is decided upon: what its values are codes of

	anyWord   bool // words are not told apart: literals is empty
	anyEnding bool // endings are not told apart: params has "" at most
	size      int  // what measure returned; 0 where it may have changed
}

// unbounded is for trees that are decided upon and not kept.
const unbounded = math.MaxInt

func newNode() *node { return &node{} }

// add counts a call below n whose path goes on with segments.
func (n *node) add(w *witness.Witness, segments []witness.Segment, most int) {
	if len(segments) == 0 {
		n.operation(w.Method).add(w)
		return
	}
	child := n.child(segments[0], most)
	child.add(w, segments[1:], most)
	if child.size == 0 {
		n.size = 0
	}
}

// child is where a segment leads to; a value is counted there.
func (n *node) child(s witness.Segment, most int) *node {
	if s.Kind != nil {
		p := n.param(s.Suffix, most)
		p.arg.Merge(s.Kind)
		return p
	}
	if child := n.literal(s.Literal, most); child != nil {
		return child
	}
	p := n.param("", most)
	p.addWords(1)
	return p
}

func (n *node) operation(method string) *operation {
	if n.ops == nil {
		n.ops = make(map[string]*operation)
	}
	return get(n.ops, method, newOperation)
}

// param is the parameter for values with a suffix.
func (n *node) param(suffix string, most int) *node {
	if _, known := n.params[suffix]; !known && suffix != "" && len(n.params) >= most {
		n.forgetEndings(most)
	}
	if n.anyEnding {
		suffix = ""
	}
	if n.params == nil {
		n.params = make(map[string]*node)
	}
	return get(n.params, suffix, newNode)
}

// literal is the child of a word; nil where words are not told apart.
func (n *node) literal(text string, most int) *node {
	if _, known := n.literals[text]; !known && len(n.literals) >= most {
		n.forgetWords(most)
	}
	if n.anyWord {
		return nil
	}
	if n.literals == nil {
		n.literals = make(map[string]*node)
	}
	return get(n.literals, text, newNode)
}

// merge adds o to n; o stays as it is and shares nothing with n.
func (n *node) merge(o *node, most int) {
	n.size = 0
	n.arg.Merge(&o.arg)
	n.words += o.words
	n.told += o.told
	for method, op := range o.ops {
		n.operation(method).merge(op)
	}
	if most != unbounded && o.anyWord {
		n.forgetWords(most)
	}
	if most != unbounded && o.anyEnding {
		n.forgetEndings(most)
	}
	for suffix, param := range o.params {
		n.param(suffix, most).merge(param, most)
	}
	for text, child := range o.literals {
		if own := n.literal(text, most); own != nil {
			own.merge(child, most)
		} else {
			n.value(child, "", most)
		}
	}
}

// forgetWords makes all words values of the parameter.
func (n *node) forgetWords(most int) {
	n.anyWord, n.size = true, 0
	for text := range n.literals {
		n.absorb(text, "", most)
	}
	n.literals = nil
}

// forgetEndings makes all endings part of the values.
func (n *node) forgetEndings(most int) {
	n.anyEnding, n.size = true, 0
	for suffix, param := range n.params {
		if suffix != "" {
			delete(n.params, suffix)
			n.param("", most).merge(param, most)
		}
	}
}

// absorb turns a literal child into a value of the parameter with a suffix, which the
// child's text ends with.
func (n *node) absorb(text, suffix string, most int) {
	child := n.literals[text]
	delete(n.literals, text)
	n.value(child, suffix, most)
}

// value counts what was called at and below a word as calls of a value.
func (n *node) value(word *node, suffix string, most int) {
	p := n.param(suffix, most)
	p.addWords(word.calls())
	p.merge(word, most)
}

// addWords counts values that are words.
func (n *node) addWords(count uint64) {
	n.words += count
	n.arg.Merge(&shape.Shape{Strs: count})
}

// calls counts the calls at and below n.
func (n *node) calls() uint64 {
	var sum uint64
	for _, op := range n.ops {
		sum += op.calls()
	}
	for _, param := range n.params {
		sum += param.calls()
	}
	for _, child := range n.literals {
		sum += child.calls()
	}
	return sum
}

// narrow applies a lower bound to all of n.
func (n *node) narrow(most int) {
	n.size = 0
	if len(n.literals) > most {
		n.forgetWords(most)
	}
	if n.endings() > most {
		n.forgetEndings(most)
	}
	for _, param := range n.params {
		param.narrow(most)
	}
	for _, child := range n.literals {
		child.narrow(most)
	}
}

// endings counts the parameters but the one without a suffix.
func (n *node) endings() int {
	if n.params[""] != nil {
		return len(n.params) - 1
	}
	return len(n.params)
}

// measure is at least the number of nodes at and below n. It never shrinks when calls are
// added: what was forgotten counts as if there were as many children as may be, each as
// large as what they became together. Without that, which bound a tree fits into would
// depend on the order of calls, as forgetting makes it smaller.
func (n *node) measure(most int) int {
	if n.size > 0 {
		return n.size
	}
	size, forgotten := 1, 0
	for suffix, param := range n.params {
		size = sum(size, param.measure(most))
		if suffix == "" {
			forgotten = product(most, param.size)
		}
	}
	if n.anyWord {
		size = sum(size, forgotten)
	}
	if n.anyEnding {
		size = sum(size, forgotten)
	}
	for _, child := range n.literals {
		size = sum(size, child.measure(most))
	}
	n.size = size
	return size
}

// enough is where measures end.
const enough = math.MaxInt32

func sum(a, b int) int     { return min(a+b, enough) }
func product(a, b int) int { return min(a*b, enough) }
