package names

import "strings"

// IsPlural reports whether a path segment is a plural noun, so that items stand below it.
func IsPlural(word string) bool {
	switch name := Camel(word); name {
	case "series", "species", "news":
		return true
	default:
		return Singular(name) != name
	}
}

// Singular returns the singular of an English noun, by the rules that cover nearly all names of
// collections; a noun that is not a plural stays as it is.
func Singular(name string) string {
	switch name {
	case "people":
		return "person"
	case "children":
		return "child"
	case "statuses":
		return "status"
	case "series", "news", "species", "data", "media", "status":
		return name
	}
	for _, rule := range []struct{ end, to string }{
		{"ies", "y"}, {"sses", "ss"}, {"shes", "sh"}, {"ches", "ch"}, {"xes", "x"}, {"zes", "z"},
		{"ss", "ss"}, {"us", "us"}, {"is", "is"}, {"s", ""},
	} {
		if stem, ok := strings.CutSuffix(name, rule.end); ok && len(stem) > 1 {
			return stem + rule.to
		}
	}
	return name
}
