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
