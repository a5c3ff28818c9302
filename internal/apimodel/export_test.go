package apimodel

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
