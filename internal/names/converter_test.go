package names

import "testing"

func TestConverters(t *testing.T) {
	t.Parallel()
	for converter, want := range map[string]struct {
		values  string
		segment bool
	}{
		"int":    {"int", true},
		"float":  {"float", true},
		"uuid":   {"uuid", true},
		"str":    {"text", true},
		"string": {"text", true},
		"slug":   {"text", true},
		"path":   {"text", false},
		"any":    {"", true}, // Werkzeug's choice of words: a type of its own
		"isbn":   {"", false},
		"":       {"", false},
	} {
		if got := ConverterType(converter); got != want.values {
			t.Errorf("ConverterType(%q) = %q, want %q", converter, got, want.values)
		}
		if got := IsSegmentConverter(converter); got != want.segment {
			t.Errorf("IsSegmentConverter(%q) = %v", converter, got)
		}
	}
}
