package endpoints

import "akita/internal/shape"

// judge decides, at n and below, which words are data.
func (n *place) judge(s *sketch, above string) {
	if s.tail {
		n.fold()
		return
	}
	var taken []string
	for _, text := range sortedKeys(n.literals) {
		if s.taken[text] {
			taken = append(taken, text)
		}
	}
	if len(taken) > 0 {
		n.absorbAll(taken)
		n.params[suffixOf(taken)].codes = nameOfCodes(taken, above)
	}
	n.resolveEndings()
	s.joinEndings(n.params)
	n.resolveFailed()
	for _, text := range sortedKeys(n.literals) {
		if w := s.words[text]; w != nil {
			n.literals[text].judge(w, text)
		}
	}
	for suffix, param := range n.params {
		p := s.ids[suffix]
		if p == nil {
			p = new(sketch) // nothing is known of it
		}
		param.judge(p, "{}")
	}
}

// joinEndings joins the parameters that were joined in the draft.
func (s *sketch) joinEndings(there map[string]*place) {
	var gone []*sketch
	for _, suffix := range sortedKeys(s.ids) {
		if there[suffix] == nil {
			gone = append(gone, s.ids[suffix])
			delete(s.ids, suffix)
		}
	}
	if len(gone) == 0 {
		return
	}
	if plain := s.ids[""]; plain != nil {
		gone = append(gone, plain)
	}
	s.ids[""] = mergeSketches(gone)
}

// joinVersions takes optional versions out, at n and below.
func (n *place) joinVersions() {
	n.resolveVersions()
	for _, child := range n.literals {
		child.joinVersions()
	}
	for _, p := range n.params {
		p.joinVersions()
	}
}

// fold makes all that follows n one value of its parameter.
func (n *place) fold() {
	p := newPlace()
	var walk func(at *place)
	walk = func(at *place) {
		for _, below := range []map[string]*place{at.literals, at.params} {
			for _, key := range sortedKeys(below) {
				child := below[key]
				if at == n && key == "" && child == n.literals[""] {
					continue
				}
				for method, op := range child.ops {
					p.operation(method).add(op.Operation)
				}
				p.arg.Merge(&shape.Shape{Strs: child.ownCalls()})
				p.words += child.ownCalls()
				walk(child)
			}
		}
	}
	walk(n)
	slash := n.literals[""]
	n.literals, n.params = nil, map[string]*place{"": p}
	if slash != nil {
		n.literals = map[string]*place{"": slash}
	}
}

func (n *place) ownCalls() (sum uint64) {
	for _, op := range n.ops {
		sum += op.Calls()
	}
	return sum
}
