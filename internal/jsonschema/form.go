package jsonschema

import (
	"slices"
	"strings"

	"akita/internal/names"
	"akita/internal/shape"
)

// FormField describes a field of a form, except for its values.
type FormField struct {
	Files   uint64   // bodies in which it was a file
	JSON    uint64   // bodies in which its values were JSON texts: its shape is an array of them
	Indexed uint64   // bodies that had an index in its name
	Types   []string // the media types that its values stated, sorted
}

// jsonType is the media type of JSON texts that do not state one.
const jsonType = "application/json"

// form writes the schema of a form. Its values are sent as text, as JSON texts or as files.
func (w Writer) form(b Bodies) Object {
	out := Object{{"type", "object"}}
	s := b.Shape
	if s.Object == nil {
		return out
	}
	var properties Object
	var required []any
	for _, f := range s.Object.Fields {
		known := b.Form[f.Name]
		field, seen := w.formField(f, known), f.Shape.Count()
		if !w.config.Plain {
			field = withPresence(field, seen, s.Objs)
			field.Count("x-akita-indexed", known.Indexed)
		}
		properties.Set(f.Name, field)
		if w.requires(f.Name, seen == s.Objs, s.Objs) {
			required = append(required, f.Name)
		}
	}
	if len(properties) > 0 {
		out.Set("properties", properties)
	}
	if len(required) > 0 {
		out.Set("required", required)
	}
	return w.withEvidence(out, s)
}

// formField writes the schema of a field.
func (w Writer) formField(f shape.Field, known FormField) Object {
	values, lists := valuesOfField(f.Shape)
	var one Object
	switch {
	case known.Files > 0:
		one = file(known)
	case isJSONField(f, known):
		one = w.jsonField(f.Name, values)
	case values.Objs+values.Arrs > 0: // some were JSON, others were not: all are texts
		one = w.Text(f.Name, &shape.Shape{Strs: values.Count()})
	default:
		one = w.Text(f.Name, values)
	}
	if lists || shape.IsList(f.Name) {
		return Object{{"type", "array"}, {"items", one}}
	}
	return one
}

// valuesOfField returns the values of a field of a form, and whether a form had several of them. The
// shape of a field that came more than once, or that holds JSON, is an array of its values.
func valuesOfField(s *shape.Shape) (values *shape.Shape, lists bool) {
	if s.Arrs == 0 {
		return s, false
	}
	values = new(shape.Shape)
	values.Merge(s.Items)
	single := *s
	single.Arrs, single.Sizes, single.Items = 0, 0, nil
	values.Merge(&single)
	return values, s.Sizes != shape.Bucket(1)
}

// isJSONField reports whether all values of a field are JSON texts, but for empty ones, which were
// not given.
func isJSONField(f shape.Field, known FormField) bool {
	return known.JSON > 0 && known.JSON+f.Shape.Empties >= f.Shape.Count()
}

// jsonField writes the schema of what the JSON texts in a field hold.
func (w Writer) jsonField(name string, values *shape.Shape) Object {
	inner := w.below(name).inside()
	inner.subject.Secret = w.subject.Secret || names.IsSecret(name)
	texts := *values
	if texts.Strs == texts.Empties {
		texts.Strs, texts.Empties, texts.Lengths = 0, 0, 0
	}
	return inner.Value(name, &texts)
}

// file writes the schema of a file, with its media type if all files of the field have the same.
func file(known FormField) Object {
	out := Object{{"type", "string"}, {"format", "binary"}}
	if len(known.Types) == 1 && !strings.Contains(known.Types[0], "*") {
		out.Set("contentMediaType", known.Types[0])
	}
	return out
}

// Encoding writes the media types of the fields of a form (OpenAPI 3.1.1, section 4.8.15), nil if all
// are the default ones.
func (w Writer) Encoding(mediaType string, b Bodies) Object {
	if !names.IsForm(mediaType) || b.Shape == nil || b.Shape.Object == nil {
		return nil
	}
	var out Object
	for _, f := range b.Shape.Object.Fields {
		if types := encodings(f, b.Form[f.Name]); len(types) > 0 {
			out.Set(f.Name, Object{{"contentType", strings.Join(types, ", ")}})
		}
	}
	return out
}

// encodings returns the media types of the values of a field, none if they are the default ones. A
// text that is declared to be JSON and is not has none.
func encodings(f shape.Field, known FormField) []string {
	switch {
	case known.Files > 0:
		return known.Types
	case !isJSONField(f, known):
		return slices.DeleteFunc(slices.Clone(known.Types), isJSON)
	case len(known.Types) == 0:
		return []string{jsonType}
	}
	return known.Types
}

func isJSON(mediaType string) bool {
	return mediaType == jsonType || strings.HasSuffix(mediaType, "+json")
}
