package jsonschema

import (
	"slices"

	"akita/internal/names"
)

// oneOf returns variants with references and, if a property distinguishes them, their Discriminator
// Object (OpenAPI 3.1.1, section 4.8.25), else nil. Every variant is then a component, because a
// discriminator can refer to nothing else.
func (s *Shared) oneOf(variants any, name string) (any, Object) {
	list, ok := variants.([]any)
	if !ok {
		return s.walk(variants, name), nil
	}
	property := discriminating(list)
	if property == "" {
		return s.walk(variants, name), nil
	}
	refs := make([]any, len(list))
	var mapping Object
	for i, variant := range list {
		record, _ := variant.(Object)
		values := valuesOf(record, property)
		first, _ := values[0].(string)
		named := names.Pascal(first) + name
		if record.Text("title") != "" {
			named = name // the title says it
		}
		ref := s.ref(record, s.of(record), named)
		for _, value := range values {
			if text, ok := value.(string); ok {
				mapping.Set(text, ref.Get("$ref"))
			}
		}
		refs[i] = ref
	}
	return refs, Object{{"propertyName", property}, {"mapping", mapping}}
}

// discriminating returns a property that every variant requires, and that has different values in
// each of them. It returns "" if there is no such property, or if a variant is not a record. It
// prefers a property whose name suggests a kind.
func discriminating(variants []any) string {
	first, _ := variants[0].(Object)
	best := ""
	for _, p := range first.Object("properties") {
		if distinguishes(variants, p.Key) && (best == "" || !names.IsKind(best) && names.IsKind(p.Key)) {
			best = p.Key
		}
	}
	return best
}

// distinguishes reports whether a property has a different set of values in each variant.
func distinguishes(variants []any, property string) bool {
	seen := make(map[any]bool)
	for _, variant := range variants {
		record, _ := variant.(Object)
		values := valuesOf(record, property)
		isRequired := slices.Contains(record.List("required"), any(property))
		if record.Get("type") != "object" || len(values) == 0 || !isRequired {
			return false
		}
		for _, value := range values {
			if _, isText := value.(string); !isText || seen[value] {
				return false
			}
			seen[value] = true
		}
	}
	return true
}

// valuesOf returns the enum members of a record's property.
func valuesOf(record Object, property string) []any {
	return record.Object("properties").Object(property).List("enum")
}
