package format

import "testing"

func TestIsLanguageTag(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"en":         true,
		"pt-BR":      true,
		"pt_BR":      true,
		"pt-br":      true,
		"es-419":     true,
		"zh-Hant":    true,
		"zh-Hant-TW": true,
		"zh-hant":    false, // a script starts with a capital
		"EN":         false,
		"xx":         false,
		"en-":        false,
		"en-XX":      false,
		"en-US-x":    false,
		"en_Latn_US": false,
		"":           false,
	} {
		if got := isLanguageTag(text); got != want {
			t.Errorf("isLanguageTag(%q) = %v, want %v", text, got, want)
		}
	}
}
