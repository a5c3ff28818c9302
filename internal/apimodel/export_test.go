package apimodel

import "akita/internal/packed"

// NewSmall returns an empty model within limits that a few calls reach.
func NewSmall() *Model {
	return newWithin(limits{hosts: 2, routes: 2, nodes: [proofs]int{16, 12, 8, 8, 8}, groupNodes: [proofs]int{12, 9, 6, 8, 8}, words: []int{4, 3, 2, 1, 0}})
}

// Nodes counts the places in paths that a model keeps, and how many it may keep.
func (m *Model) Nodes() (nodes, limit int) {
	for p := range proofs {
		nodes += m.whole(p).root.count()
		limit += m.limits.nodes[p]
	}
	return nodes, limit
}

func (n *Node) count() int {
	count := 1
	for _, child := range n.literals {
		count += child.count()
	}
	for _, param := range n.params {
		count += param.count()
	}
	return count
}

// SumsOfGroups returns the sum of the groups of each degree of proof twice, encoded: as a copy, and
// sharing memory with the groups (nil if that is impossible).
func (m *Model) SumsOfGroups() (copied, sharing [proofs][]byte) {
	encode := func(t *tree) []byte {
		var w packed.Writer
		t.pack(&w)
		return w.Bytes()
	}
	for p := range proofs {
		groups := m.groupsOf(p)
		copied[p] = encode(m.copied(groups, p))
		if len(groups) > 0 {
			if sum := shared(groups, m.limits.nodes[p]); sum != nil {
				sharing[p] = encode(sum)
			}
		}
	}
	return copied, sharing
}
