package judgement

// puts speaks against words that calls put the same under: whoever puts a thing chooses its name.
func (l *level) puts() {
	c := newCrowd()
	for i, m := range l.members {
		if op := m.own("PUT"); op != nil && len(op.asked) > 0 && m.isLeaf() {
			c.add(i, mixed(hashOffset, op.asked...), op.asked)
		}
	}
	for at := range c.classes {
		if c.putAlike(at) {
			for _, i := range c.classes[at].members {
				l.opinions[i].add(RulePuts, putsWeight)
			}
		}
	}
}

// putAlike reports whether calls of another word carry what those of a class do.
func (c *crowd) putAlike(at int) bool {
	if len(c.classes[at].members) > 1 {
		return true
	}
	own := c.classes[at].traits
	for _, other := range c.near(at, maxCompared, nil) {
		if shareOf(own, c.classes[other].traits) >= likeRequest {
			return true
		}
	}
	return false
}

// likeRequest is the likeness from which on calls carry the same.
const likeRequest = 0.5
