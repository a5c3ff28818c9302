package endpoints

import "akita/internal/shape"

// judge decides, at p and below, which words are data.
func (p *place) judge(s *sketch, above string) {
	if s.tail {
		p.fold()
		return
	}
	var taken []string
	for _, text := range sortedKeys(p.literals) {
		if s.taken[text] {
			taken = append(taken, text)
		}
	}
	if len(taken) > 0 {
		p.absorbAll(taken)
		p.params[suffixOf(taken)].codes = nameOfCodes(taken, above)
	}
	p.resolveEndings()
	s.joinEndings(p.params)
	p.resolveFailed()
	for _, text := range sortedKeys(p.literals) {
		if w := s.words[text]; w != nil {
			p.literals[text].judge(w, text)
		}
	}
	for suffix, param := range p.params {
		values := s.ids[suffix]
		if values == nil {
			values = new(sketch) // nothing is known of it
		}
		param.judge(values, "{}")
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

// joinVersions takes optional versions out, at p and below.
func (p *place) joinVersions() {
	p.resolveVersions()
	for _, child := range p.literals {
		child.joinVersions()
	}
	for _, param := range p.params {
		param.joinVersions()
	}
}

// fold makes all that follows p one value of its parameter.
func (p *place) fold() {
	values := newPlace()
	var walk func(at *place)
	walk = func(at *place) {
		for _, below := range []map[string]*place{at.literals, at.params} {
			for _, key := range sortedKeys(below) {
				child := below[key]
				if at == p && key == "" && child == p.literals[""] {
					continue
				}
				for method, op := range child.ops {
					values.operation(method).add(op)
				}
				values.arg.Merge(&shape.Shape{Strs: child.ownCalls()})
				values.words += child.ownCalls()
				walk(child)
			}
		}
	}
	walk(p)
	slash := p.literals[""]
	p.literals, p.params = nil, map[string]*place{"": values}
	if slash != nil {
		p.literals = map[string]*place{"": slash}
	}
}

func (p *place) ownCalls() (sum uint64) {
	for _, op := range p.ops {
		sum += op.Calls()
	}
	return sum
}
