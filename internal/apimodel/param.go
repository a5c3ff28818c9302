package apimodel

import (
	"akita/internal/shape"
	"akita/internal/witness"
)

// maxParams bounds the names of one kind of parameter.
const maxParams = 200

// Params sums up parameters by name. With more than maxParams names ByName is nil and Many is set.
type Params struct {
	ByName map[string]*Param `json:"byname,omitzero"`
	Many   bool              `json:"many,omitzero"`
}

// Param sums up one parameter.
type Param struct {
	Count    uint64       `json:"count"` // calls that carried it
	Repeated uint64       `json:"repeated,omitzero"`
	Indexed  uint64       `json:"indexed,omitzero"` // calls that had an index in the name
	Shape    *shape.Shape `json:"shape,omitzero"`
	// Converters counts the calls by what the framework's route declares a path parameter to be.
	Converters map[witness.Converter]uint64 `json:"converters,omitzero"`
}

func newParam() *Param { return &Param{Shape: new(shape.Shape)} }

func (p *Params) add(seen []witness.Param) {
	for _, s := range seen {
		one := p.get(s.Name)
		if one == nil {
			return
		}
		one.Count++
		if s.Repeated {
			one.Repeated++
		}
		if s.Indexed {
			one.Indexed++
		}
		one.countConverter(s.Converter, 1)
		one.Shape.Merge(s.Shape)
		p.cap()
	}
}

func (p *Params) merge(o *Params) {
	if o.Many {
		p.ByName, p.Many = nil, true
	}
	for name, q := range o.ByName {
		one := p.get(name)
		if one == nil {
			return
		}
		one.Count += q.Count
		one.Repeated += q.Repeated
		one.Indexed += q.Indexed
		for converter, n := range q.Converters {
			one.countConverter(converter, n)
		}
		one.Shape.Merge(q.Shape)
		p.cap()
	}
}

// get returns the parameter of a name, nil if there are too many names.
func (p *Params) get(name string) *Param {
	if p.Many {
		return nil
	}
	if p.ByName == nil {
		p.ByName = make(map[string]*Param)
	}
	return get(p.ByName, name, newParam)
}

// Calls returns how many calls carried a parameter, 0 if there are too many names to know.
func (p *Params) Calls(name string) uint64 {
	if one := p.ByName[name]; one != nil {
		return one.Count
	}
	return 0
}

// cap forgets all parameters if there are too many.
func (p *Params) cap() {
	if len(p.ByName) > maxParams {
		p.ByName, p.Many = nil, true
	}
}

// countConverter counts n calls in which the route declared a converter, if it did.
func (p *Param) countConverter(c witness.Converter, n uint64) {
	if c == "" {
		return
	}
	if p.Converters == nil {
		p.Converters = make(map[witness.Converter]uint64)
	}
	p.Converters[c] += n
}
