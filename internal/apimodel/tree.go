package apimodel

import (
	"maps"

	"akita/internal/witness"
)

// tree sums up calls by host and path in a limited number of nodes. If it has more, it keeps fewer
// sibling words apart, step by step.
type tree struct {
	root  *Node // its children are hosts
	step  int   // the index of the current step
	nodes int   // the limit of nodes
	steps []int // how many sibling words are kept apart at each step, falling to 0
}

// add counts a call whose route is unknown.
func (t *tree) add(w *witness.Witness) {
	host := t.root.child(witness.Segment{Literal: hostOf(w)}, t.limit())
	host.add(w, w.Path, t.limit())
	if host.size == 0 {
		t.root.size = 0
	}
	t.fit()
}

// merge adds o to t. It does not change o, and both share nothing afterwards.
func (t *tree) merge(o *tree) {
	if o.step > t.step {
		t.step = o.step
		t.root.narrow(t.limit())
	}
	t.root.merge(o.root, t.limit())
	t.fit()
}

func (t *tree) limit() int { return t.steps[t.step] }

// fit moves to the next step while the tree has too many nodes.
func (t *tree) fit() {
	for t.step+1 < len(t.steps) && t.root.measure(t.limit()) > t.nodes {
		t.step++
		t.root.narrow(t.limit())
	}
}

// hosts returns the root of each host. AnyHost holds those that are not kept apart.
func (t *tree) hosts() map[string]*Node {
	hosts := maps.Clone(t.root.literals)
	if rest := t.root.params[""]; rest != nil {
		if hosts == nil {
			hosts = make(map[string]*Node)
		}
		hosts[AnyHost] = rest
	}
	return hosts
}

// shortened counts the calls at and below n whose paths have words that are not kept apart.
func (n *Node) shortened() uint64 {
	var count uint64
	if p := n.params[""]; n.anyWord && p != nil {
		return p.calls()
	}
	for _, param := range n.params {
		count += param.shortened()
	}
	for _, child := range n.literals {
		count += child.shortened()
	}
	return count
}
