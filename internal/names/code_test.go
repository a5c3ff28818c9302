package names

import "testing"

func TestCodes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct{ country, currency, language bool }{
		"DE":  {country: true},
		"de":  {country: true, language: true},
		"De":  {},
		"EN":  {},
		"en":  {language: true},
		"EU":  {country: true},
		"XX":  {},
		"EUR": {currency: true},
		"eur": {currency: true},
		"Eur": {},
		"BTC": {currency: true},
		"ABC": {},
		"D1":  {},
		"ÄÖ":  {},
		"E":   {},
		"":    {},
	} {
		if got := IsCountry(text); got != want.country {
			t.Errorf("IsCountry(%q) = %v", text, got)
		}
		if got := IsCurrency(text); got != want.currency {
			t.Errorf("IsCurrency(%q) = %v", text, got)
		}
		if got := IsLanguage(text); got != want.language {
			t.Errorf("IsLanguage(%q) = %v", text, got)
		}
	}
}

// A code of another length or in both cases would be read and never found.
func TestEveryListedCodeIsFound(t *testing.T) {
	t.Parallel()
	for name, has := range map[string]func(string) bool{
		"country": IsCountry, "currency": IsCurrency, "language": IsLanguage,
	} {
		for _, code := range section(codeFile, name) {
			if !has(code) {
				t.Errorf("section %s lists %q, which is not found", name, code)
			}
		}
	}
}
