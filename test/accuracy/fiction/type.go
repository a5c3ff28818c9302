// Package fiction describes fictitious APIs: what they offer and what their callers send. The
// traffic of an API and the truth about it are made from its description. The same seed gives
// the same calls.
package fiction

// Kind is a type of JSON.
type Kind string

// The types of JSON. Integers are distinguished from other numbers.
const (
	Null    Kind = "null"
	Boolean Kind = "boolean"
	Integer Kind = "integer"
	Number  Kind = "number"
	String  Kind = "string"
	Array   Kind = "array"
	Object  Kind = "object"
)

// Type describes the values of one place. The modifiers return copies, so a Type does not
// change once it is part of an API.
type Type struct {
	Form   Form    // of scalars
	Fields []Field // of a record
	Item   *Type   // of an array
	Key    *Type   // of a map: the keys are data
	Entry  *Type   // of a map
	OneOf  []*Type // a union of other types

	IsArray, IsRecord bool
	Free              bool   // any JSON
	Recursive         bool   // a record that holds records of its own type
	Tag               string // of a union of records: the field that distinguishes them

	lo, hi int // items of an array, entries of a map
	null   float64
	pool   int
	draw   func(r *Rand) string
}

// Form is the format of a scalar, and what a reader can learn from it.
type Form struct {
	Kind Kind
	// Names are the formats that a document may write; none for plain values.
	Names []string
	// Distinct means that one value is enough to know the format.
	Distinct bool
	// ID means that one value in a path is enough to know a parameter, and that a document may
	// give the form its own name.
	ID bool
	// Closed means that the values are the members of an enum, which Members lists.
	Closed  bool
	Members []string
	// Code means that the values are few by nature (currencies): an enum is neither right nor
	// wrong.
	Code bool
	// Secret means that no value may appear in a document.
	Secret bool
	// Numeric means that the text can be parsed as a number.
	Numeric bool
	// List means that the text is a list joined by commas.
	List bool
	// File means that the value is a file in a form.
	File bool
}

// Field is one member of a record, or one parameter.
type Field struct {
	Name     string
	Type     *Type
	presence float64
}

// F returns a field that is always present.
func F(name string, t *Type) Field { return Field{name, t, 1} }

// Sometimes returns the field with a probability of being present.
func (f Field) Sometimes(p float64) Field {
	f.presence = p
	return f
}

// Record returns an object with known fields.
func Record(fields ...Field) *Type { return &Type{IsRecord: true, Fields: fields} }

// With returns the record with more fields.
func (t *Type) With(fields ...Field) *Type {
	c := *t
	c.Fields = append(append([]Field{}, t.Fields...), fields...)
	return &c
}

// List returns an array of lo to hi items.
func List(item *Type, lo, hi int) *Type { return &Type{IsArray: true, Item: item, lo: lo, hi: hi} }

// Map returns an object of lo to hi entries whose keys are data.
func Map(key, entry *Type, lo, hi int) *Type { return &Type{Key: key, Entry: entry, lo: lo, hi: hi} }

// Either returns a union of several types.
func Either(types ...*Type) *Type { return &Type{OneOf: types} }

// Tagged returns a union of records that one of their fields distinguishes.
func Tagged(tag string, records ...*Type) *Type { return &Type{OneOf: records, Tag: tag} }

// Tree returns a record with a list of records of its own type under the given name.
func Tree(children string, fields ...Field) *Type {
	t := Record(fields...)
	t.Recursive = true
	t.Fields = append(t.Fields, F(children, List(t, 0, 3)))
	return t
}

// Nullable returns the type with a probability of null.
func (t *Type) Nullable(p float64) *Type {
	c := *t
	c.null = p
	return &c
}

// Pool returns the scalar type with only n values, some more frequent than others.
func (t *Type) Pool(n int) *Type {
	c := *t
	c.pool = n
	return &c
}
