// Package jsonschema writes the shapes of values as JSON Schema 2020-12, as OpenAPI 3.1 takes it:
// https://spec.openapis.org/oas/v3.1.1#schema-object. Each fact in a schema has the evidence for and
// against it in x-akita-* members (docs/akita-extension.md). The package does no I/O.
package jsonschema

import (
	"akita/internal/names"
	"akita/internal/shape"
)

// Config holds the settings for all schemas of a document.
type Config struct {
	// Plain leaves out x-akita-* members.
	Plain bool
	// Components collects the schemas that others refer to. If it is nil, each is written where it is used.
	Components *Components
	// IsSlug reports whether a word was a value of a path parameter, so that it names a thing. It is
	// nil if no such words are known.
	IsSlug func(word string) bool
}

// Subject describes the values that a schema is for.
type Subject struct {
	Name   string // names the component of a record that has no name of its own: "Order"
	Secret bool   // no literal value may be kept
	Error  bool   // an error response: its fields vary without making kinds
	// Sent is set for values that clients sent. A field that all of them hold may be a habit of the
	// clients, so it is required only with more evidence. It is nil for responses.
	Sent *Sent
}

// Sent describes bodies that clients sent.
type Sent struct {
	Partial  bool         // any part of them may be left out, as in PATCH
	Accepted uint64       // calls that were accepted
	Refused  *shape.Shape // the bodies that were refused with 400 or 422; nil for none
	// RefusedActions are those of them that are of actions, by Action.Key.
	RefusedActions map[string]*shape.Shape
}

// Writer writes schemas of one subject. It is a value: writers that differ share nothing but their
// Config.
type Writer struct {
	config  Config
	subject Subject
	self    Object                // the schema of a record inside itself
	selves  map[*shape.Shape]bool // the shapes that stand for the record inside itself
	whole   bool                  // the strings stand in arrays that always hold all of them
	above   string                // the name of the object that has the field
	isEntry bool                  // the values stand under keys that are data
	refused *shape.Shape          // the values in the same place of refused bodies
	all     *shape.Shape          // the same for bodies of all actions; nil if all are of one
}

// NewWriter returns a writer for a subject.
func NewWriter(c Config, s Subject) Writer {
	w := Writer{config: c, subject: s}
	if s.Sent != nil {
		w.refused = s.Sent.Refused
	}
	return w
}

// Value writes the schema of the values that s sums up. name is the name of their field, "" for none.
func (w Writer) Value(name string, s *shape.Shape) Object {
	if s == nil {
		return Object{}
	}
	return w.withSensitive(name, w.withEvidence(w.schema(name, s), s), s)
}

// Text writes the schema of values that are sent as text, such as headers and form fields. If not all
// of them look like the same type, they are strings.
func (w Writer) Text(name string, s *shape.Shape) Object {
	t := *s.Clone()
	if t.Strs == t.Empties && t.Count() > t.Strs {
		// An empty value was not given: "?page=" does not make page a string.
		t.Strs, t.Empties, t.Lengths = 0, 0, 0
	}
	types := 0
	for _, n := range []uint64{t.Bools, t.Ints + t.Nums, t.Strs} {
		if n > 0 {
			types++
		}
	}
	if types > 1 {
		t = shape.Shape{Strs: t.Count(), Lengths: t.Lengths}
	}
	return w.withSensitive(name, w.withEvidence(w.schema(name, &t), s), s)
}

// Parameter writes the schema of a query, header or cookie parameter. If a call repeated it, it is an
// array.
func (w Writer) Parameter(name string, s *shape.Shape, repeated bool) Object {
	one := w.Text(name, s)
	if !repeated {
		return one
	}
	return Object{{"type", "array"}, {"items", one}}
}

// Declared writes the schema of values whose shape the application declares. The shape that was seen
// is only evidence.
func (w Writer) Declared(name string, declared, seen *shape.Shape) Object {
	return w.withSensitive(name, w.withEvidence(w.schema(name, declared), seen), seen)
}

// Bodies describes the bodies of one media type.
type Bodies struct {
	Shape *shape.Shape
	Form  map[string]FormField // of forms: the fields, except for their values

	Actions []Action // the actions of the bodies, in the order of the document
	Acted   uint64   // how many are of actions
	Batches uint64   // how many of these are lists
}

// Body writes the schema of bodies of a media type.
func (w Writer) Body(mediaType string, b Bodies) Object {
	if names.IsForm(mediaType) {
		return w.form(b)
	}
	if len(b.Actions) > 0 {
		return w.actions(b)
	}
	return w.Value("", b.Shape)
}
