package apimodel

import "akita/internal/shape"

// form writes a form: its values travel as text, and its files are binary.
func (w schemaWriter) form(b *body) object {
	out := object{{"type", "object"}}
	if b.Shape.Object == nil {
		return out
	}
	var properties object
	var required []any
	for _, f := range b.Shape.Object.Fields {
		field, seen := w.formField(f, b.Files[f.Name] > 0), f.Shape.Count()
		if !w.plain {
			field = withPresence(field, seen, b.Shape.Objs)
		}
		properties.set(f.Name, field)
		if seen == b.Shape.Objs {
			required = append(required, f.Name)
		}
	}
	if len(properties) > 0 {
		out.set("properties", properties)
	}
	if len(required) > 0 {
		out.set("required", required)
	}
	return w.withEvidence(out, b.Shape)
}

func (w schemaWriter) formField(f shape.Field, file bool) object {
	one := f.Shape
	if f.Shape.Arrs > 0 {
		one = new(shape.Shape)
		one.Merge(f.Shape.Items)
		single := *f.Shape
		single.Arrs, single.Items = 0, nil
		one.Merge(&single)
	}
	s := w.text(f.Name, one)
	if file {
		s = object{{"type", "string"}, {"format", "binary"}}
	}
	if f.Shape.Arrs > 0 {
		s = object{{"type", "array"}, {"items", s}}
	}
	return s
}
