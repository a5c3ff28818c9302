package apimodel

import (
	"hash/fnv"

	"akita/internal/shape"
	"akita/internal/witness"
)

// maxLiterals bounds the literal children of a node. Over it the node keeps those
// with the smallest hashes, a sample that does not depend on order or grouping, and
// counts the others as values of its parameter.
const maxLiterals = 400

// node is one place in the tree of paths of a host. Its children are the segments
// that followed: words by themselves, everything else together under param.
type node struct {
	literals map[string]*node
	param    *node
	arg      shape.Shape           // on a param: the values that stood there
	spilled  bool                  // on a param: some of its values are words over the cap
	ops      map[string]*operation // by method: calls that ended here
	words    bool                  // on a param, decided by resolve: its values are words
}

func newNode() *node { return &node{} }

// add counts a call below n whose path goes on with segments.
func (n *node) add(w *witness.Witness, segments []witness.Segment) {
	if len(segments) == 0 {
		if n.ops == nil {
			n.ops = make(map[string]*operation)
		}
		get(n.ops, w.Method, newOperation).add(w)
		return
	}
	s := segments[0]
	if s.Kind != nil {
		n.ensureParam().arg.Merge(s.Kind)
		n.param.add(w, segments[1:])
		return
	}
	n.literal(s.Literal).add(w, segments[1:])
	n.spill()
}

func (n *node) ensureParam() *node {
	if n.param == nil {
		n.param = newNode()
	}
	return n.param
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
	n.spilled = n.spilled || o.spilled
	for method, op := range o.ops {
		if n.ops == nil {
			n.ops = make(map[string]*operation)
		}
		get(n.ops, method, newOperation).merge(op)
	}
	if o.param != nil {
		n.ensureParam().merge(o.param)
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
		n.absorb(at)
		n.param.spilled = true
	}
}

// absorb turns a literal child into a value of the parameter.
func (n *node) absorb(text string) {
	child := n.literals[text]
	delete(n.literals, text)
	n.ensureParam().arg.Merge(wordShape(text, child.calls()))
	n.param.merge(child)
}

// wordShape is the shape of a word that stood in a path n times.
func wordShape(text string, n uint64) *shape.Shape {
	s := shape.OfText(text, shape.Options{})
	return &shape.Shape{Strs: n * s.Strs, Bools: n * s.Bools}
}

// calls counts the calls at and below n.
func (n *node) calls() uint64 {
	var sum uint64
	for _, op := range n.ops {
		sum += op.calls()
	}
	if n.param != nil {
		sum += n.param.calls()
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
