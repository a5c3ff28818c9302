package names

import "testing"

func TestProtocolWords(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		is   func(string) bool
		text string
		want bool
	}{
		{IsMethod, "GET", true},
		{IsMethod, "PROPFIND", true},
		{IsMethod, "get", false},
		{IsMethod, "ADA", false},
		{IsOpaqueScheme, "mailto", true},
		{IsOpaqueScheme, "MailTo", true},
		{IsOpaqueScheme, "https", false},
		{IsOpaqueScheme, "note", false},
		{IsYAMLKeyword, "no", true},
		{IsYAMLKeyword, "NULL", true},
		{IsYAMLKeyword, "nO", false}, // YAML reads it as text
		{IsYAMLKeyword, "Norway", false},
	} {
		if got := test.is(test.text); got != test.want {
			t.Errorf("%q: got %v, want %v", test.text, got, test.want)
		}
	}
}
