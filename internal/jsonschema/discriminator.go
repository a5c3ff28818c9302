package jsonschema

import (
	"slices"

	"akita/internal/names"
)

// oneOf returns variants with references, and their Discriminator Object (OpenAPI 3.1.1, section
// 4.8.25) where a property tells them apart: then every variant is a component, as a
// discriminator can point to nothing else. It is nil where none does.
func (r *replacer) oneOf(variants any, name string) (any, Object) {
	list, ok := variants.([]any)
	if !ok {
		return r.walk(variants, name), nil
	}
	property := discriminating(list)
	if property == "" {
		return r.walk(variants, name), nil
	}
	refs := make([]any, len(list))
	var mapping Object
	for i, variant := range list {
		record, _ := variant.(Object)
		values := valuesOf(record, property)
		first, _ := values[0].(string)
		ref := r.ref(record, canonical(record), names.Pascal(first)+name)
		for _, value := range values {
			if text, ok := value.(string); ok {
				mapping.Set(text, ref.Get("$ref"))
			}
		}
		refs[i] = ref
	}
	return refs, Object{{"propertyName", property}, {"mapping", mapping}}
}

// discriminating is the property that every variant requires and of which no two share a value;
// "" where there is none, or where a variant is no record. One whose name says that it
// names kinds comes first.
func discriminating(variants []any) string {
	first, _ := variants[0].(Object)
	best := ""
	for _, p := range first.Object("properties") {
		if tellsApart(variants, p.Key) && (best == "" || !names.IsKind(best) && names.IsKind(p.Key)) {
			best = p.Key
		}
	}
	return best
}

func tellsApart(variants []any, property string) bool {
	seen := make(map[any]bool)
	for _, variant := range variants {
		record, _ := variant.(Object)
		values := valuesOf(record, property)
		if record.Get("type") != "object" || len(values) == 0 || !slices.Contains(record.List("required"), any(property)) {
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
func valuesOf(record Object, property string) []any {
	return record.Object("properties").Object(property).List("enum")
}
