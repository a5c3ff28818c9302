// Package fiction describes APIs that do not exist: what they offer and what their
// callers send. Both the traffic of such an API and the truth about it are made from its
// description. All drawing is seeded: the same seed gives the same calls.
package fiction

// Kind is a type of JSON.
type Kind string

// The types of JSON; an integer is told from other numbers.
const (
	Null    Kind = "null"
	Boolean Kind = "boolean"
	Integer Kind = "integer"
	Number  Kind = "number"
	String  Kind = "string"
	Array   Kind = "array"
	Object  Kind = "object"
)

// Type is what the values of one place may be. A Type is not changed once it is part of
// an API: the modifiers return copies.
type Type struct {
	Form   Form    // of scalars
	Fields []Field // of a record
	Item   *Type   // of an array
	Key    *Type   // of a map: the keys are data
	Entry  *Type   // of a map
	OneOf  []*Type // a union of other types

	IsArray, IsRecord bool
	Free              bool   // anything: of what is inside nothing can be said
	Recursive         bool   // a record that holds records of its own type
	Tag               string // of a union of records: the field that tells them apart

	lo, hi int // items of an array, entries of a map
	null   float64
	pool   int
	draw   func(r *Rand) string
}

// Form is what the text of a scalar looks like, and what that lets a reader know.
type Form struct {
	Kind Kind
	// Names are the names by which a document may call the format; none for plain values.
	Names []string
	// Telling says that one value is enough to know the format.
	Telling bool
	// ID says that in a path one value is enough to know that it is a parameter, and that
	// a document may give the form a name of its own.
	ID bool
	// Closed says that the values are the members of an enum, all of them in Members.
	Closed  bool
	Members []string
	// Code says that there are few values by nature (currencies): an enum is neither right nor wrong.
	Code bool
	// Secret says that no value may stand in a document.
	Secret bool
	// Numeric says that the text reads as a number.
	Numeric bool
	// List says that the text is a list joined by commas.
	List bool
	// File says that the value is a file in a form.
	File bool
}

// Field is one member of a record, or one parameter.
type Field struct {
	Name     string
	Type     *Type
	presence float64
}

// F is a field that is always there.
func F(name string, t *Type) Field { return Field{name, t, 1} }

// Sometimes is the field with this probability of being there.
func (f Field) Sometimes(p float64) Field {
	f.presence = p
	return f
}

// Record is an object with known fields.
func Record(fields ...Field) *Type { return &Type{IsRecord: true, Fields: fields} }

// With is the record with more fields.
func (t *Type) With(fields ...Field) *Type {
	c := *t
	c.Fields = append(append([]Field{}, t.Fields...), fields...)
	return &c
}

// List is an array of lo to hi items.
func List(item *Type, lo, hi int) *Type { return &Type{IsArray: true, Item: item, lo: lo, hi: hi} }

// Map is an object of lo to hi entries whose keys are data.
func Map(key, entry *Type, lo, hi int) *Type { return &Type{Key: key, Entry: entry, lo: lo, hi: hi} }

// Either is one of several types.
func Either(types ...*Type) *Type { return &Type{OneOf: types} }

// Tagged is one of several records that a field, of all of them, tells apart.
func Tagged(tag string, records ...*Type) *Type { return &Type{OneOf: records, Tag: tag} }

// Tree is a record with a list of records of its own type under the given name.
func Tree(children string, fields ...Field) *Type {
	t := Record(fields...)
	t.Recursive = true
	t.Fields = append(t.Fields, F(children, List(t, 0, 3)))
	return t
}

// Nullable is the type with this probability of a null.
func (t *Type) Nullable(p float64) *Type {
	c := *t
	c.null = p
	return &c
}

// Pool is the scalar type with n values that come again and again, some more often.
func (t *Type) Pool(n int) *Type {
	c := *t
	c.pool = n
	return &c
}
