package endpoints

import (
	"akita/internal/apimodel"
	"akita/internal/format"
	"akita/internal/jsonschema"
	"akita/internal/judgement"
	"akita/internal/shape"
	"akita/internal/witness"
)

// argument is a path parameter.
type argument struct {
	name      string
	shape     *shape.Shape
	words     uint64             // how many values were words, which may be names and are not kept
	distinct  uint64             // lower bound of the number of different words
	codes     string             // what the values are codes for, such as "currency"; "" if unknown
	reasons   []judgement.Reason // why the words are values
	tail      bool               // the values have any number of segments
	route     uint64             // number of calls whose route names it
	converter witness.Converter  // the type that the route declares; "" for none, or if calls differ
	accepted  bool               // the values are those of accepted calls
}

// pathArgument sums up the values of a parameter of an inferred path. The value of a call without a
// shape for it was a word.
func pathArgument(p pathParam, op *apimodel.Operation) argument {
	a := newArgument(p.name, p.key, op)
	a.distinct, a.codes, a.reasons, a.tail = p.at.distinctWords, p.at.codes, p.at.reasons, p.at.tail
	a.words = a.shape.Opaques // those that were withheld are words too
	a.shape.Strs, a.shape.Opaques = a.shape.Strs+a.words, 0
	if calls, n := op.Request().Count, a.shape.Count(); n < calls {
		a.words += calls - n
		a.shape.Merge(&shape.Shape{Strs: calls - n})
	}
	return a
}

// routeArgument sums up the values of a parameter that the framework's route names.
func routeArgument(name string, op *apimodel.Operation) argument {
	a := newArgument(name, name, op)
	a.route = op.Request().Count
	if a.shape.Count() == 0 {
		a.shape.Merge(&shape.Shape{Strs: a.route}) // no path matched the route
	}
	return a
}

// newArgument sums up what calls carried under a key of apimodel.Request.Args.
func newArgument(name, key string, op *apimodel.Operation) argument {
	a := argument{name: name, shape: new(shape.Shape), accepted: op.Accepted.Count > 0}
	if p := op.Request().Args.ByName[key]; p != nil {
		a.shape.Merge(p.Shape)
		a.converter = converterOf(p)
	}
	return a
}

// joined returns a together with the same parameter of another endpoint, under a's name. As in
// apimodel.Operation.Request, values of calls that were not accepted do not count beside those of
// accepted ones.
func (a argument) joined(o argument) argument {
	a.distinct = max(a.distinct, o.distinct)
	a.tail = a.tail || o.tail
	if a.reasons == nil {
		a.reasons = o.reasons
	}
	if a.accepted != o.accepted {
		if o.accepted {
			a.shape, a.words, a.route, a.converter, a.codes = o.shape, o.words, o.route, o.converter, o.codes
		}
		a.accepted = true
		return a
	}
	sum := a.shape.Clone()
	sum.Merge(o.shape)
	a.shape = sum
	a.words += o.words
	a.route += o.route
	switch {
	case a.converter == "":
		a.converter = o.converter
	case o.converter != "" && o.converter != a.converter:
		a.converter = ""
	}
	return a
}

// converterOf returns the type that the route declares for a parameter. It returns "" if there is
// none, or if releases of the application declared different types.
func converterOf(p *apimodel.Param) witness.Converter {
	if len(p.Converters) == 1 {
		for converter := range p.Converters {
			return converter
		}
	}
	return ""
}

// declared returns the shape that the route declares for a parameter. Values that do not fit do not
// change it. It returns nil if the values decide.
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

// schema writes the schema of the parameter: the declared type or, without one, the type of the
// values.
func (a argument) schema(w jsonschema.Writer) jsonschema.Object {
	if declared := a.declared(); declared != nil {
		return w.Declared(a.name, declared, a.shape)
	}
	return w.Text(a.name, a.shape)
}

// holds counts the values that fit the converter. Without a converter all values fit.
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
