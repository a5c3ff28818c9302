package declared

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// FieldsAt returns the JSONPath of the schema to which a field can be added, "" if there is none in the
// document.
func (s *Schema) FieldsAt() string {
	of := s.objects()
	for _, hasFields := range []func(part) bool{part.hasFields, func(part) bool { return true }} {
		for _, a := range of {
			for _, p := range a {
				if hasFields(p) && p.at != "" {
					return p.at
				}
			}
		}
	}
	return ""
}

// EnumAt returns the JSONPaths of the schemas that list the members of strings.
func (s *Schema) EnumAt() []string {
	return s.at(func(p part) bool { return len(p.Schema.Enum) > 0 && p.Const == nil })
}

// ConstAt returns the JSONPaths of the schemas that name the only value.
func (s *Schema) ConstAt() []string { return s.at(func(p part) bool { return p.Const != nil }) }

// FormatAt returns the JSONPaths of the schemas that name a format.
func (s *Schema) FormatAt() []string { return s.at(func(p part) bool { return p.Schema.Format != "" }) }

// EntriesAt returns the JSONPaths of the schemas that say which further fields there may be.
func (s *Schema) EntriesAt() []string {
	return s.at(func(p part) bool { return p.AdditionalProperties.Has != nil || p.AdditionalProperties.Schema != nil })
}

// WriteOnlyAt returns the JSONPaths of the schemas that say that values are in requests only.
func (s *Schema) WriteOnlyAt() []string { return s.at(func(p part) bool { return p.WriteOnly }) }

// RequiredAt returns the JSONPaths of the schemas that require a field.
func (s *Schema) RequiredAt(name string) []string {
	return s.at(func(p part) bool { return slices.Contains(p.Required, name) })
}

// RequiredBy returns the fields that the schema at a JSONPath requires.
func (s *Schema) RequiredBy(at string) []string {
	for _, a := range s.alternatives {
		for _, p := range a {
			if p.at == at {
				return p.Required
			}
		}
	}
	return nil
}

// at returns the JSONPaths of the parts with a property, each once.
func (s *Schema) at(has func(part) bool) (out []string) {
	if s == nil {
		return nil
	}
	for _, a := range s.alternatives {
		for _, p := range a {
			if p.at != "" && has(p) && !slices.Contains(out, p.at) {
				out = append(out, p.at)
			}
		}
	}
	return out
}

// Written returns what the slot holds, a schema or a reference, as JSON.
func (s *Schema) Written() ([]byte, error) {
	if s.ref.Ref != "" {
		return (&openapi3.SchemaRef{Ref: s.ref.Ref}).MarshalJSON()
	}
	return s.ref.Value.MarshalJSON()
}

// OwnTypes returns the types that the slot names by itself, without a reference or combinators; nil if it
// does otherwise.
func (s *Schema) OwnTypes() []string {
	if s.ref == nil || s.ref.Ref != "" || s.ref.Value.Type.IsEmpty() || len(s.alternatives) != 1 ||
		len(s.alternatives[0]) != 1 {
		return nil
	}
	return s.ref.Value.Type.Slice()
}
