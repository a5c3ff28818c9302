package facts

import (
	"strconv"

	"akita/internal/apimodel"
	"akita/internal/format"
	"akita/internal/shape"
)

// Counts is how many calls or values had each fact, by operation.
type Counts map[apimodel.OperationKey]map[Key]uint64

// maxDepth bounds the levels of values whose fields are facts; maxWholeDepth those of OfOperation.
const (
	maxDepth      = 6
	maxWholeDepth = 20
)

// Of returns the facts of a model. It keeps memory of the model.
func Of(m *apimodel.Model) Counts {
	counts := make(Counts)
	for key, op := range m.Operations() {
		if counts[key] == nil {
			counts[key] = make(map[Key]uint64)
		}
		counter{of: counts[key]}.operation(op)
	}
	return counts
}

// OfOperation returns the facts of an operation, with those that are not dated.
func OfOperation(op *apimodel.Operation) map[Key]uint64 {
	c := counter{of: make(map[Key]uint64), isWhole: true}
	c.operation(op)
	return c.of
}

// counter counts the facts of one operation.
type counter struct {
	of      map[Key]uint64
	isWhole bool // with the facts that are not dated
}

func (c counter) add(k Key, n uint64) {
	if n > 0 {
		c.of[k] += n
	}
}

// addWhole adds a fact that is not dated.
func (c counter) addWhole(k Key, n uint64) {
	if c.isWhole {
		c.add(k, n)
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
			c.add(at.With(Parameter, ""), p.Count)
			c.value(at, p.Shape, 0)
		}
	}
	if c.isWhole {
		for name, p := range op.Accepted.Args.ByName {
			c.value(Key{In: "path", Path: name}, p.Shape, 0)
		}
	}
	c.bodies(Request, op.Accepted.Bodies)
	c.addWhole(Key{Kind: NoBody, In: Request}, op.Accepted.NoBody)
	for status, r := range op.Responses {
		if status == 0 { // without an answer
			continue
		}
		in := strconv.Itoa(status)
		c.add(Key{Kind: Status, Value: in}, r.Count)
		c.add(Key{Kind: Streaming, In: in}, r.Streamed)
		c.bodies(in, r.Bodies)
		c.addWhole(Key{Kind: NoBody, In: in}, r.NoBody)
		for name, p := range r.Headers.ByName {
			c.addWhole(Key{Kind: Header, In: in, Path: name}, p.Count)
		}
	}
}

// noAuth is the type of the credentials of calls without any.
const noAuth = "none"

func (c counter) bodies(in string, bodies map[string]*apimodel.Body) {
	depth := maxDepth
	if c.isWhole {
		depth = maxWholeDepth
	}
	for mediaType, b := range bodies {
		c.add(Key{Kind: MediaType, In: in, Value: mediaType}, b.Count)
		if mediaType != "" && mediaType != apimodel.Many {
			c.value(Key{In: in, MediaType: mediaType}, b.Shape, depth)
			for name, n := range b.Files {
				c.addWhole(Key{Kind: File, In: in, MediaType: mediaType, Path: name}, n)
			}
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
		c.add(at.With(Type, name), n)
	}
	for _, f := range s.Formats {
		if f.Format < format.Weak && s.Strs > 0 {
			c.add(at.With(Format, f.Format.String()), min(f.Count, s.Strs))
		}
	}
	c.strings(at, s)
	if depth == 0 {
		return
	}
	if s.Items != nil {
		items := at
		items.Path += itemsMark
		c.add(items.With(Items, ""), s.Items.Count())
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
		c.add(field.With(Field, ""), f.Shape.Count())
		c.value(field, f.Shape, depth-1)
	}
	c.objects(at, s, depth)
}

// strings counts what strings may be members of an enum.
func (c counter) strings(at Key, s *shape.Shape) {
	if !c.isWhole {
		return
	}
	c.add(at.With(Empty, ""), s.Empties)
	switch {
	case s.Enum == nil:
	case s.Enum.Many:
		c.add(at.With(Unlisted, ""), s.Strs)
	default:
		for _, m := range s.Enum.Members {
			c.add(at.With(Member, m.Text), m.Count)
		}
	}
}

// objects counts which fields objects had together, and what they had under keys that are data.
func (c counter) objects(at Key, s *shape.Shape, depth int) {
	if !c.isWhole {
		return
	}
	if s.Object.Wide {
		c.add(at.With(Wide, ""), s.Objs)
	}
	for _, set := range s.Object.KeySets(s.Objs) {
		c.add(at.With(Fields, set.Names), set.Count)
	}
	if s.Object.Values != nil {
		entries := at
		entries.Path += entriesMark
		c.add(entries.With(Entries, ""), s.Object.Values.Count())
		c.value(entries, s.Object.Values, depth-1)
	}
}
