package apimodel

import (
	"slices"

	"akita/internal/names"
)

// oneOf returns variants with references, and their Discriminator Object (OpenAPI 3.1.1, section
// 4.8.25) where a property tells them apart: then every variant is a component, as a
// discriminator can point to nothing else. It is nil where none does.
func (r *replacer) oneOf(variants any, name string) (any, object) {
	list, ok := variants.([]any)
	if !ok {
		return r.walk(variants, name), nil
	}
	property := discriminating(list)
	if property == "" {
		return r.walk(variants, name), nil
	}
	refs := make([]any, len(list))
	var mapping object
	for i, variant := range list {
		record, _ := variant.(object)
		values := valuesOf(record, property)
		first, _ := values[0].(string)
		ref := r.ref(record, canonical(record), names.Pascal(first)+name)
		for _, value := range values {
			if text, ok := value.(string); ok {
				mapping.set(text, ref.get("$ref"))
			}
		}
		refs[i] = ref
	}
	return refs, object{{"propertyName", property}, {"mapping", mapping}}
}

// discriminating is the property that every variant requires and of which no two share a value;
// "" where there is none, or where a variant is no record. One whose name says that it
// names kinds comes first.
func discriminating(variants []any) string {
	first, _ := variants[0].(object)
	properties, _ := first.get("properties").(object)
	best := ""
	for _, p := range properties {
		if tellsApart(variants, p.key) && (best == "" || !names.IsKind(best) && names.IsKind(p.key)) {
			best = p.key
		}
	}
	return best
}

func tellsApart(variants []any, property string) bool {
	seen := make(map[any]bool)
	for _, variant := range variants {
		record, _ := variant.(object)
		required, _ := record.get("required").([]any)
		values := valuesOf(record, property)
		if record.get("type") != "object" || len(values) == 0 || !slices.Contains(required, any(property)) {
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

// valuesOf are the members of the enum that a property of a record is.
func valuesOf(record object, property string) []any {
	properties, _ := record.get("properties").(object)
	schema, _ := properties.get(property).(object)
	values, _ := schema.get("enum").([]any)
	return values
}
