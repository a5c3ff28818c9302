package endpoints

import (
	"akita/internal/judgement"
	"akita/internal/shape"
)

// apply turns the words at and below p that were judged to be values into those of parameters.
func (p *place) apply(s *judgement.Sketch, above string) {
	if s.IsTail() {
		p.fold()
		return
	}
	var taken []string
	for _, text := range sortedKeys(p.literals) {
		if s.IsValue(text) {
			taken = append(taken, text)
		}
	}
	if len(taken) > 0 {
		p.absorbAll(taken)
		param := p.params[judgement.CommonSuffix(taken)]
		param.codes, param.reasons = nameOfCodes(taken, above), s.Reasons()
		p.resolveEndingsOfWords(taken)
	}
	p.resolveEndings()
	s.JoinEndings(func(suffix string) bool { return p.params[suffix] != nil })
	p.resolveFailed()
	for _, text := range sortedKeys(p.literals) {
		if w := s.Word(text); w != nil {
			p.literals[text].apply(w, text)
		}
	}
	for suffix, param := range p.params {
		param.apply(s.Values(suffix), "{}")
	}
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
	values.tail = true
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
		sum += op.count()
	}
	return sum
}
