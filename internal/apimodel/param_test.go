package apimodel

import (
	"strconv"
	"testing"

	"akita/internal/shape"
	"akita/internal/witness"
)

func TestParams(t *testing.T) {
	t.Parallel()
	seen := func(name string, repeated bool, c witness.Converter) witness.Param {
		return witness.Param{Name: name, Shape: &shape.Shape{Ints: 1}, Repeated: repeated, Converter: c}
	}
	var p, o Params
	p.add([]witness.Param{seen("a", false, witness.ConverterInt), seen("b", true, "")})
	o.add([]witness.Param{seen("a", true, witness.ConverterInt)})
	o.add([]witness.Param{seen("a", false, witness.ConverterText)})
	p.merge(&o)
	a := p.ByName["a"]
	if a.Count != 3 || a.Repeated != 1 || a.Shape.Ints != 3 {
		t.Errorf("a is %+v with %+v", a, a.Shape)
	}
	if a.Converters[witness.ConverterInt] != 2 || a.Converters[witness.ConverterText] != 1 {
		t.Errorf("the converters are %v", a.Converters)
	}
	if b := p.ByName["b"]; b.Converters != nil || b.Repeated != 1 {
		t.Errorf("b is %+v", b)
	}
	if p.Calls("a") != 3 || p.Calls("c") != 0 {
		t.Errorf("%d calls carried a, and %d c", p.Calls("a"), p.Calls("c"))
	}
}

// Beyond the cap nothing is kept, in any order of adding and merging.
func TestParamsBeyondTheCap(t *testing.T) {
	t.Parallel()
	named := func(from, to int) *Params {
		p := new(Params)
		for i := from; i < to; i++ {
			p.add([]witness.Param{{Name: strconv.Itoa(i), Shape: new(shape.Shape)}})
		}
		return p
	}
	merged := func(p, o *Params) *Params { p.merge(o); return p }
	for name, p := range map[string]*Params{
		"added":            named(0, maxParams+1),
		"merged":           merged(named(0, 100), named(100, maxParams+1)),
		"merged with many": merged(named(0, 1), named(0, maxParams+1)),
		"added to many":    merged(named(0, maxParams+1), named(0, 1)),
	} {
		if !p.Many || p.ByName != nil || p.Calls("0") != 0 {
			t.Errorf("%s: %d parameters are kept", name, len(p.ByName))
		}
	}
	if p := named(0, maxParams); p.Many || len(p.ByName) != maxParams {
		t.Errorf("at the cap %d parameters are kept", len(p.ByName))
	}
}
