package facts

import (
	"strconv"

	"akita/internal/apimodel"
	"akita/internal/format"
	"akita/internal/shape"
)

// Counts is how many calls or values had each fact, by operation.
type Counts map[apimodel.OperationKey]map[Key]uint64

// maxDepth bounds the levels of values whose fields are facts.
const maxDepth = 6

// Of returns the facts of a model. It keeps memory of the model.
func Of(m *apimodel.Model) Counts {
	counts := make(Counts)
	for key, op := range m.Operations() {
		if counts[key] == nil {
			counts[key] = make(map[Key]uint64)
		}
		counter(counts[key]).operation(op)
	}
	return counts
}

// counter counts the facts of one operation.
type counter map[Key]uint64

func (c counter) add(k Key, n uint64) {
	if n > 0 {
		c[k] += n
	}
}

func (c counter) operation(op *apimodel.Operation) {
	c.add(Key{Kind: Operation}, op.Calls())
	c.add(Key{Kind: Accepted}, op.Accepted.Count)
	for credentials, n := range op.Auth {
		types := make(map[string]bool)
		for _, a := range apimodel.Credentials(credentials) {
			types[string(a.Type)] = true
		}
		if credentials == "" {
			types[noAuth] = true
		}
		for name := range types {
			c.add(Key{Kind: Auth, Value: name}, n)
		}
	}
	for in, params := range map[string]*apimodel.Params{
		"query": &op.Accepted.Query, "header": &op.Accepted.Headers, "cookie": &op.Accepted.Cookies,
	} {
		for name, p := range params.ByName {
			at := Key{In: in, Path: name}
			c.add(at.of(Parameter, ""), p.Count)
			c.value(at, p.Shape, 0)
		}
	}
	c.bodies(Request, op.Accepted.Bodies)
	for status, r := range op.Responses {
		if status == 0 { // without an answer
			continue
		}
		in := strconv.Itoa(status)
		c.add(Key{Kind: Status, Value: in}, r.Count)
		c.add(Key{Kind: Streaming, In: in}, r.Streamed)
		c.bodies(in, r.Bodies)
	}
}

// noAuth is the type of the credentials of calls without any.
const noAuth = "none"

func (c counter) bodies(in string, bodies map[string]*apimodel.Body) {
	for mediaType, b := range bodies {
		c.add(Key{Kind: MediaType, In: in, Value: mediaType}, b.Count)
		if mediaType != "" && mediaType != apimodel.Many {
			c.value(Key{In: in, MediaType: mediaType}, b.Shape, maxDepth)
		}
	}
}

// value counts the types of the values at a place, and what is below them.
func (c counter) value(at Key, s *shape.Shape, depth int) {
	if s == nil {
		return
	}
	for name, n := range map[string]uint64{
		null: s.Nulls, "boolean": s.Bools, "integer": s.Ints, "number": s.Nums, "string": s.Strs, "array": s.Arrs,
		"object": s.Objs,
	} {
		c.add(at.of(Type, name), n)
	}
	for _, f := range s.Formats {
		if f.Format < format.Weak && s.Strs > 0 {
			c.add(at.of(Format, f.Format.String()), min(f.Count, s.Strs))
		}
	}
	if depth == 0 {
		return
	}
	if s.Items != nil {
		items := at
		items.Path += itemsMark
		c.add(items.of(Items, ""), s.Items.Count())
		c.value(items, s.Items, depth-1)
	}
	if s.Object == nil {
		return
	}
	for _, f := range s.Object.Fields {
		field := at
		if field.Path != "" {
			field.Path += string(fieldMark)
		}
		field.Path += f.Name
		c.add(field.of(Field, ""), f.Shape.Count())
		c.value(field, f.Shape, depth-1)
	}
}
