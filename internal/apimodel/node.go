package apimodel

import (
	"iter"
	"maps"
	"math"

	"akita/internal/shape"
	"akita/internal/witness"
)

// Node is one place in a tree of paths. It has a child for each word that follows. All other
// segments that follow are values of parameters, one for each suffix of the values ("", ".csv",
// ":cancel"). A node belongs to its model: callers only read it.
//
// Methods that add children take a limit on the words and on the suffixes of a node. If there are
// more, all words become values of the parameter, or all suffixes become part of the values. The
// result does not depend on the order of calls.
type Node struct {
	literals map[string]*Node
	params   map[string]*Node      // by suffix
	ops      map[string]*Operation // by method: calls whose path ends here

	arg   shape.Shape // of a parameter: its values
	words uint64      // of a parameter: how many of its values were words

	anyWord   bool // words are values: literals is empty
	anySuffix bool // suffixes are part of the values: params has no key but ""
	size      int  // the last result of measure; 0 after a change
}

func newNode() *Node { return &Node{} }

// Literals yields the children for words.
func (n *Node) Literals() iter.Seq2[string, *Node] { return maps.All(n.literals) }

// Params yields the parameters below n by the suffix of their values: "", ".csv", ":cancel".
func (n *Node) Params() iter.Seq2[string, *Node] { return maps.All(n.params) }

// Operations yields the operations whose path ends at n, by method.
func (n *Node) Operations() iter.Seq2[string, *Operation] { return maps.All(n.ops) }

// Values returns the values of a parameter.
func (n *Node) Values() *shape.Shape { return &n.arg }

// Words returns how many values of a parameter were words.
func (n *Node) Words() uint64 { return n.words }

// add counts a call below n whose path goes on with segments.
func (n *Node) add(w *witness.Witness, segments []witness.Segment, limit int) {
	if len(segments) == 0 {
		n.operation(w.Method).add(w)
		return
	}
	child := n.child(segments[0], limit)
	child.add(w, segments[1:], limit)
	if child.size == 0 {
		n.size = 0
	}
}

// child returns the child for a segment, and counts a value there.
func (n *Node) child(s witness.Segment, limit int) *Node {
	if s.Kind != nil {
		p := n.param(s.Suffix, limit)
		p.arg.Merge(s.Kind)
		return p
	}
	if child := n.literal(s.Literal, limit); child != nil {
		return child
	}
	p := n.param("", limit)
	p.addWords(1)
	return p
}

func (n *Node) operation(method string) *Operation {
	if n.ops == nil {
		n.ops = make(map[string]*Operation)
	}
	return get(n.ops, method, NewOperation)
}

// param returns the parameter for values with a suffix.
func (n *Node) param(suffix string, limit int) *Node {
	if _, known := n.params[suffix]; !known && suffix != "" && len(n.params) >= limit {
		n.forgetSuffixes(limit)
	}
	if n.anySuffix {
		suffix = ""
	}
	if n.params == nil {
		n.params = make(map[string]*Node)
	}
	return get(n.params, suffix, newNode)
}

// literal returns the child for a word, nil if words are values.
func (n *Node) literal(text string, limit int) *Node {
	if _, known := n.literals[text]; !known && len(n.literals) >= limit {
		n.forgetWords(limit)
	}
	if n.anyWord {
		return nil
	}
	if n.literals == nil {
		n.literals = make(map[string]*Node)
	}
	return get(n.literals, text, newNode)
}

// merge adds o to n; o stays as it is and shares nothing with n.
func (n *Node) merge(o *Node, limit int) {
	n.size = 0
	n.arg.Merge(&o.arg)
	n.words += o.words
	for method, op := range o.ops {
		n.operation(method).Merge(op)
	}
	if o.anyWord {
		n.forgetWords(limit)
	}
	if o.anySuffix {
		n.forgetSuffixes(limit)
	}
	for suffix, param := range o.params {
		n.param(suffix, limit).merge(param, limit)
	}
	for text, child := range o.literals {
		if own := n.literal(text, limit); own != nil {
			own.merge(child, limit)
		} else {
			n.addValue(child, limit)
		}
	}
}

// forgetWords turns all words into values of the parameter.
func (n *Node) forgetWords(limit int) {
	n.anyWord, n.size = true, 0
	words := n.literals
	n.literals = nil
	for _, child := range words {
		n.addValue(child, limit)
	}
}

// forgetSuffixes makes all suffixes part of the values.
func (n *Node) forgetSuffixes(limit int) {
	n.anySuffix, n.size = true, 0
	for suffix, param := range n.params {
		if suffix != "" {
			delete(n.params, suffix)
			n.param("", limit).merge(param, limit)
		}
	}
}

// addValue counts the calls at and below a word as calls of a value.
func (n *Node) addValue(word *Node, limit int) {
	p := n.param("", limit)
	p.addWords(word.calls())
	p.merge(word, limit)
}

// addWords counts values that are words.
func (n *Node) addWords(count uint64) {
	n.words += count
	n.arg.Merge(&shape.Shape{Strs: count})
}

// calls counts the calls at and below n.
func (n *Node) calls() uint64 {
	var sum uint64
	for _, op := range n.ops {
		sum += op.Calls()
	}
	for _, param := range n.params {
		sum += param.calls()
	}
	for _, child := range n.literals {
		sum += child.calls()
	}
	return sum
}

// narrow applies a lower limit to n and all below it.
func (n *Node) narrow(limit int) {
	n.size = 0
	if len(n.literals) > limit {
		n.forgetWords(limit)
	}
	if n.suffixes() > limit {
		n.forgetSuffixes(limit)
	}
	for _, param := range n.params {
		param.narrow(limit)
	}
	for _, child := range n.literals {
		child.narrow(limit)
	}
}

// suffixes counts the parameters with a suffix.
func (n *Node) suffixes() int {
	if n.params[""] != nil {
		return len(n.params) - 1
	}
	return len(n.params)
}

// measure returns an upper bound of the number of nodes at and below n that never shrinks when
// calls are added. Forgotten words or suffixes count as the maximum number of children, each as
// large as all of them together became. The number of nodes itself shrinks when words are
// forgotten, so the limit that a tree fits would depend on the order of calls.
func (n *Node) measure(limit int) int {
	if n.size > 0 {
		return n.size
	}
	size, forgotten := 1, 0
	for suffix, param := range n.params {
		size = sum(size, param.measure(limit))
		if suffix == "" {
			forgotten = product(limit, param.size)
		}
	}
	if n.anyWord {
		size = sum(size, forgotten)
	}
	if n.anySuffix {
		size = sum(size, forgotten)
	}
	for _, child := range n.literals {
		size = sum(size, child.measure(limit))
	}
	n.size = size
	return size
}

// maxSize saturates the arithmetic of measure.
const maxSize = math.MaxInt32

func sum(a, b int) int     { return min(a+b, maxSize) }
func product(a, b int) int { return min(a*b, maxSize) }
