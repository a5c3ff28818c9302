package apimodel

import (
	"maps"

	"akita/internal/witness"
)

// tree holds calls by host and path, within a budget of nodes. Over it, fewer and
// fewer words are told apart beside one another (steps), until the tree fits.
type tree struct {
	root  *Node // its children are hosts
	step  int   // how far down steps the tree had to go
	nodes int   // the budget
	steps []int // how many words may stand beside one another, falling to 0
}

// add counts a call whose path is all that is known.
func (t *tree) add(w *witness.Witness) {
	host := t.root.child(witness.Segment{Literal: w.Host}, t.limit())
	host.add(w, w.Path, t.limit())
	if host.size == 0 {
		t.root.size = 0
	}
	t.fit()
}

// merge adds o to t; o stays as it is and shares nothing with t.
func (t *tree) merge(o *tree) {
	if o.step > t.step {
		t.step = o.step
		t.root.narrow(t.limit())
	}
	t.root.merge(o.root, t.limit())
	t.fit()
}

func (t *tree) limit() int { return t.steps[t.step] }

// fit goes down steps while the tree is over its budget.
func (t *tree) fit() {
	for t.step+1 < len(t.steps) && t.root.measure(t.limit()) > t.nodes {
		t.step++
		t.root.narrow(t.limit())
	}
}

// hosts yields what was called of each host, AnyHost for those not told apart.
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

// shortened counts the calls at and below n whose words were not all kept.
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
