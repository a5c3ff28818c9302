package jsonschema

import (
	"akita/internal/sensitive"
	"akita/internal/shape"
)

// withSensitive adds to the schema of values what kind of sensitive data they are. The name of values
// under keys that are data is that of the object: it does not say what each of them is.
func (w Writer) withSensitive(name string, schema Object, s *shape.Shape) Object {
	if w.config.Plain || len(schema) == 0 {
		return schema
	}
	above := w.above
	if w.isEntry {
		name, above = "", ""
	}
	data, ok := sensitive.Of(name, above, s)
	if !ok {
		return schema
	}
	return schema.With("x-akita-sensitive", data.Kind)
}
