package names

import "testing"

func TestSuggests(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, format string
		want         bool
	}{
		{"created_at", "unixtime", true}, {"timestamps", "unixtime", true}, {"ts", "unixtime", true},
		{"size", "unixtime", false},
		{"serverHost", "hostname", true}, {"domains", "hostname", true}, {"country", "country", true},
		{"country", "currency", false},
		{"bytes", "byte", true}, {"byte", "byte", false}, {"x", "no such format", false}, {"", "country", false},
	}
	for _, test := range tests {
		if got := Suggests(test.name, test.format); got != test.want {
			t.Errorf("Suggests(%q, %q) = %v, want %v", test.name, test.format, got, test.want)
		}
	}
}
