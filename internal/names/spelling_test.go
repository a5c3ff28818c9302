package names

import "testing"

func TestUnusualWords(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{"html": true, "webhook": true, "depth": true, "qzxkjv": false, "": false} {
		if got := IsUnusualWord(word); got != want {
			t.Errorf("IsUnusualWord(%q) = %v, want %v", word, got, want)
		}
	}
	for word, want := range map[string]bool{"id": true, "url": true, "qz": false, "": false} {
		if got := IsShortWord(word); got != want {
			t.Errorf("IsShortWord(%q) = %v, want %v", word, got, want)
		}
	}
	for text, want := range map[string]bool{"GitHub": true, "OPENAI": true, "Hub": false, "": false} {
		if got := IsVendor(text); got != want {
			t.Errorf("IsVendor(%q) = %v, want %v", text, got, want)
		}
	}
}
