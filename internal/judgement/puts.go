package judgement

// puts speaks against words that calls put the same under: whoever puts a thing chooses its name.
func (l *level) puts() {
	var with []int
	ops := make([]*Operation, len(l.members))
	for i, m := range l.members {
		if op := m.own("PUT"); op != nil && len(op.asked) > 0 && m.isLeaf() {
			ops[i] = op
			with = append(with, i)
		}
	}
	for _, i := range with {
		for _, k := range with {
			if like, ok := askedLikeness(ops[i], ops[k]); i != k && ok && like >= likeRequest {
				l.opinions[i].add(RulePuts, putsWeight)
				break
			}
		}
	}
}

// likeRequest is the likeness from which on calls carry the same.
const likeRequest = 0.5
