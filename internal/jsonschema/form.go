package jsonschema

import "akita/internal/shape"

// form writes the schema of a form. Its values are sent as text, and its files are binary.
func (w Writer) form(s *shape.Shape, files map[string]uint64) Object {
	out := Object{{"type", "object"}}
	if s.Object == nil {
		return out
	}
	var properties Object
	var required []any
	for _, f := range s.Object.Fields {
		field, seen := w.formField(f, files[f.Name] > 0), f.Shape.Count()
		if !w.config.Plain {
			field = withPresence(field, seen, s.Objs)
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

func (w Writer) formField(f shape.Field, file bool) Object {
	one := f.Shape
	if f.Shape.Arrs > 0 {
		one = new(shape.Shape)
		one.Merge(f.Shape.Items)
		single := *f.Shape
		single.Arrs, single.Items = 0, nil
		one.Merge(&single)
	}
	s := w.Text(f.Name, one)
	if file {
		s = Object{{"type", "string"}, {"format", "binary"}}
	}
	if f.Shape.Arrs > 0 {
		s = Object{{"type", "array"}, {"items", s}}
	}
	return s
}
