package endpoints

import "testing"

func TestNameOfCodes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		codes []string
		above string
	}{
		"currency": {[]string{"EUR", "USD"}, "rates"},
		"locale":   {[]string{"de-DE", "en-US"}, "texts"},
		"country":  {[]string{"DE", "FR"}, "countries"},
		"language": {[]string{"de", "fr"}, ""},
		"":         {[]string{"ZRH", "OPO"}, "weather"},
	}
	for want, test := range tests {
		if got := nameOfCodes(test.codes, test.above); got != want {
			t.Errorf("%q below %q are %q, want %q", test.codes, test.above, got, want)
		}
	}
	if got := nameOfCodes([]string{"de", "fr"}, "topics"); got != "" {
		t.Errorf("two letters below a word are %q", got)
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	type kinds struct{ plain, pair bool }
	tests := map[string]kinds{
		"EUR": {plain: true}, "DE": {plain: true, pair: true}, "de": {pair: true}, "de-DE": {plain: true},
		"eur": {}, "users": {}, "XYZ": {}, "": {},
	}
	for text, want := range tests {
		if got := (kinds{isPlainCode(text), isPairCode(text)}); got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
	for word, want := range map[string]bool{"versions": true, "release": true, "api": false, "": false} {
		if got := areVersions(word); got != want {
			t.Errorf("versions below %q are those of things: %v, want %v", word, got, want)
		}
	}
}
