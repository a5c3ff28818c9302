package shape

import "strings"

// ParameterName returns the name of a parameter or form field with "[]" in the place of each index
// of a list: "columns[10][data]" is "columns[][data]", and "items.0.name" is "items[].name". An
// index says which item of a list a value belongs to, so that it is not part of a name. indexed
// reports whether the name had an index.
func ParameterName(name string) (plain string, indexed bool) {
	if !strings.ContainsAny(name, "0123456789") {
		return name, false
	}
	var b strings.Builder
	rest := name
	for rest != "" {
		end := strings.IndexAny(rest[1:], "[.") + 1
		if end == 0 {
			end = len(rest)
		}
		part := rest[:end]
		if isIndex(part) {
			part, indexed = "[]", true
		}
		b.WriteString(part)
		rest = rest[end:]
	}
	if !indexed {
		return name, false
	}
	return b.String(), true
}

// isIndex reports whether a part of a name is an index with what sets it apart: "[10]" or ".0".
func isIndex(part string) bool {
	if part[0] == '.' {
		return len(part) > 1 && isNumber(part[1:])
	}
	return len(part) > 2 && part[0] == '[' && part[len(part)-1] == ']' && isNumber(part[1:len(part)-1])
}

// IsList reports whether a name that ParameterName returned is of a list or of something in its
// items.
func IsList(name string) bool { return strings.Contains(name, "[]") }
