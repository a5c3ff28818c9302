package apimodel

import (
	"akita/internal/format"
	"akita/internal/jsonschema"
	"akita/internal/shape"
	"akita/internal/witness"
)

// argument is a path parameter.
type argument struct {
	name      string
	shape     *shape.Shape
	words     uint64            // of the values: they could as well be names, and were withheld
	distinct  uint64            // how many different words at least
	code      string            // what the values are codes of, where that is known
	route     uint64            // calls in which the framework's route names it
	converter witness.Converter // what the route says it is; "" where it does not, or not always the same
}

// argument sums up what stood at a place of an inferred path, counted from its end: in
// calls that were accepted, and only without any of those in the others. A call without a
// shape for it gave a word.
func (op *operation) argument(name, place string) argument {
	a := op.given(name, place)
	if calls, n := op.request().Count, a.shape.Count(); n < calls {
		a.words = calls - n
		a.shape.Merge(&shape.Shape{Strs: a.words})
	}
	return a
}

// routeArgument sums up a parameter that the framework's route names.
func (op *operation) routeArgument(name string) argument {
	a := op.given(name, name)
	a.route = op.request().Count
	if a.shape.Count() == 0 {
		a.shape.Merge(&shape.Shape{Strs: a.route}) // no path matched the route
	}
	return a
}

// given is what was given for the argument of a key in Args.
func (op *operation) given(name, key string) argument {
	a := argument{name: name, shape: new(shape.Shape)}
	if p := op.request().Args.ByName[key]; p != nil {
		a.shape.Merge(p.Shape)
		a.converter = p.converter()
	}
	return a
}

// joined is a together with the same parameter of another endpoint, under a's name.
func (a argument) joined(o argument) argument {
	sum := a.shape.Clone()
	sum.Merge(o.shape)
	a.shape = sum
	a.words += o.words
	a.distinct = max(a.distinct, o.distinct)
	a.route += o.route
	switch {
	case a.converter == "":
		a.converter = o.converter
	case o.converter != "" && o.converter != a.converter:
		a.converter = ""
	}
	return a
}

func (p *param) countConverter(c witness.Converter, n uint64) {
	if c == "" {
		return
	}
	if p.Converters == nil {
		p.Converters = make(map[witness.Converter]uint64)
	}
	p.Converters[c] += n
}

// converter is what the route says of its parameter; "" where it does not, or where two
// releases of the application said different things.
func (p *param) converter() witness.Converter {
	if len(p.Converters) != 1 {
		return ""
	}
	return sortedKeys(p.Converters)[0]
}

// declared is the shape that the route declares for a parameter, whatever was seen; nil if
// the values decide.
func (a argument) declared() *shape.Shape {
	s := a.shape
	switch a.converter {
	case witness.ConverterInt:
		return &shape.Shape{Ints: max(1, s.Ints), Widths: s.Widths}
	case witness.ConverterFloat:
		return &shape.Shape{Nums: 1}
	case witness.ConverterUUID:
		return &shape.Shape{Strs: 1, Formats: shape.Formats{{Format: format.UUID, Count: 1}}}
	case witness.ConverterText:
		if s.Strs < s.Count() {
			return &shape.Shape{Strs: 1}
		}
	}
	return nil
}

// schema writes the schema of the parameter. What the framework declares is never guessed: values
// that do not fit the route's converter do not change the type.
func (a argument) schema(w jsonschema.Writer) jsonschema.Object {
	if declared := a.declared(); declared != nil {
		return w.Declared(a.name, declared, a.shape)
	}
	return w.Text(a.name, a.shape)
}

// holds counts the values that are as the converter says; all are without one.
func (a argument) holds() uint64 {
	switch a.converter {
	case witness.ConverterInt:
		return a.shape.Ints
	case witness.ConverterFloat:
		return a.shape.Ints + a.shape.Nums
	case witness.ConverterUUID:
		return a.shape.Formats.Of(format.UUID)
	}
	return a.shape.Count()
}
