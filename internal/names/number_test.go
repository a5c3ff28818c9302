package names

import "testing"

func TestSingular(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		singular string
		plural   bool
	}{
		"users": {"user", true}, "entries": {"entry", true}, "addresses": {"address", true}, "branches": {"branch", true},
		"boxes": {"box", true}, "dishes": {"dish", true}, "quizzes": {"quizz", true}, "people": {"person", true},
		"children": {"child", true},
		"statuses": {"status", true}, "series": {"series", true}, "news": {"news", true},
		"status": {"status", false}, "user": {"user", false}, "campus": {"campus", false}, "analysis": {"analysis", false},
		"class": {"class", false}, "data": {"data", false}, "as": {"as", false}, "": {"", false},
	}
	for word, want := range tests {
		if got := Singular(word); got != want.singular {
			t.Errorf("Singular(%q) = %q, want %q", word, got, want.singular)
		}
		if got := IsPlural(word); got != want.plural {
			t.Errorf("IsPlural(%q) = %v, want %v", word, got, want.plural)
		}
	}
}
