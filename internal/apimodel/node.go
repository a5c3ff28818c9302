package apimodel

import (
	"hash/fnv"

	"akita/internal/shape"
	"akita/internal/witness"
)

// maxLiterals bounds the literal children of a node. Over it the node keeps those
// with the smallest hashes, a sample that does not depend on order or grouping, and
// counts the others as values of its parameter.
const maxLiterals = 1000

// node is one place in the tree of paths of a host. Its children are the segments that
// followed: words by themselves, and everything else as values of a parameter, one
// for each ending or action that followed them ("", ".csv", ":cancel").
type node struct {
	literals map[string]*node
	params   map[string]*node      // by suffix
	ops      map[string]*operation // by method: calls that ended here

	arg   shape.Shape // on a parameter: the values that stood there
	words uint64      // on a parameter: how many of them were words
}

func newNode() *node { return &node{} }

// add counts a call below n whose path goes on with segments.
func (n *node) add(w *witness.Witness, segments []witness.Segment) {
	if len(segments) == 0 {
		n.operation(w.Method).add(w)
		return
	}
	s := segments[0]
	if s.Kind != nil {
		p := n.param(s.Suffix)
		p.arg.Merge(s.Kind)
		p.add(w, segments[1:])
		return
	}
	n.literal(s.Literal).add(w, segments[1:])
	n.spill()
}

func (n *node) operation(method string) *operation {
	if n.ops == nil {
		n.ops = make(map[string]*operation)
	}
	return get(n.ops, method, newOperation)
}

func (n *node) param(suffix string) *node {
	if n.params == nil {
		n.params = make(map[string]*node)
	}
	return get(n.params, suffix, newNode)
}

func (n *node) literal(text string) *node {
	if n.literals == nil {
		n.literals = make(map[string]*node)
	}
	return get(n.literals, text, newNode)
}

// merge adds o to n; o stays as it is and shares nothing with n.
func (n *node) merge(o *node) {
	n.arg.Merge(&o.arg)
	n.words += o.words
	for method, op := range o.ops {
		n.operation(method).merge(op)
	}
	for suffix, param := range o.params {
		n.param(suffix).merge(param)
	}
	for text, child := range o.literals {
		n.literal(text).merge(child)
	}
	n.spill()
}

// spill keeps the literal children at their cap.
func (n *node) spill() {
	for len(n.literals) > maxLiterals {
		largest, at := uint64(0), ""
		for text := range n.literals {
			if h := hash(text); at == "" || h > largest || h == largest && text > at {
				largest, at = h, text
			}
		}
		n.absorb(at, "")
	}
}

// absorb turns a literal child into a value of the parameter with a suffix, which the
// child's text ends with.
func (n *node) absorb(text, suffix string) {
	child := n.literals[text]
	delete(n.literals, text)
	calls := child.calls()
	p := n.param(suffix)
	p.words += calls
	p.arg.Merge(&shape.Shape{Strs: calls})
	p.merge(child)
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

func hash(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash.Hash never fails
	return h.Sum64()
}
