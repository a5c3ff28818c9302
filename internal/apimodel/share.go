package apimodel

// shared returns the sum of trees within a limit of nodes. It shares what only one of them has, so
// that its cost follows what several have: the upper segments of paths. It returns nil if the sum
// keeps fewer words apart than the trees do.
func shared(trees []*tree, nodes int) *tree {
	sum := &tree{nodes: nodes, steps: trees[0].steps}
	roots := make([]*Node, len(trees))
	for i, t := range trees {
		if t.step > 0 {
			return nil
		}
		roots[i] = t.root
	}
	if sum.root = sharedNode(roots, sum.limit()); sum.root == nil || sum.root.measure(sum.limit()) > nodes {
		return nil
	}
	return sum
}

// sharedNode is shared for the nodes of one path. There must be at least one.
func sharedNode(nodes []*Node, limit int) *Node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	sum := newNode()
	ops, literals, params := map[string][]*Operation{}, map[string][]*Node{}, map[string][]*Node{}
	for _, n := range nodes {
		if n.anyWord || n.anyEnding {
			return nil
		}
		sum.arg.Merge(&n.arg)
		sum.words += n.words
		sum.mergeEchoes(n.echoes)
		collect(ops, n.ops)
		collect(literals, n.literals)
		collect(params, n.params)
	}
	if len(literals) > limit || len(params) >= limit {
		return nil
	}
	for method, of := range ops {
		if sum.ops == nil {
			sum.ops = make(map[string]*Operation, len(ops))
		}
		sum.ops[method] = sharedOperation(of)
	}
	var ok bool
	if sum.literals, ok = sharedNodes(literals, limit); !ok {
		return nil
	}
	if sum.params, ok = sharedNodes(params, limit); !ok {
		return nil
	}
	return sum
}

func sharedNodes(of map[string][]*Node, limit int) (sums map[string]*Node, ok bool) {
	if len(of) == 0 {
		return nil, true
	}
	sums = make(map[string]*Node, len(of))
	for key, nodes := range of {
		if sums[key] = sharedNode(nodes, limit); sums[key] == nil {
			return nil, false
		}
	}
	return sums, true
}

func sharedOperation(of []*Operation) *Operation {
	if len(of) == 1 {
		return of[0]
	}
	sum := NewOperation()
	for _, op := range of {
		sum.Merge(op)
	}
	return sum
}

// collect adds the values of a map to the lists of their keys.
func collect[V any](to map[string][]V, from map[string]V) {
	for key, v := range from {
		to[key] = append(to[key], v)
	}
}
