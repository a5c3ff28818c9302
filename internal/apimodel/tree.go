package apimodel

import (
	"maps"

	"akita/internal/witness"
)

// tree holds calls by host and path, within a budget of nodes. While it is over its budget, it
// goes on to the next step, a lower limit on the words below one node.
type tree struct {
	root  *Node // its children are hosts
	step  int   // index of the current limit in steps
	nodes int   // the budget
	steps []int // limits on the words below one node, decreasing to 0
}

// add counts a call without a route.
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

// fit lowers the limit while the tree is over its budget.
func (t *tree) fit() {
	for t.step+1 < len(t.steps) && t.root.measure(t.limit()) > t.nodes {
		t.step++
		t.root.narrow(t.limit())
	}
}

// hosts returns the tree of each host. AnyHost is that of the hosts that are not distinguished.
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
