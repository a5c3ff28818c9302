package judgement

import "testing"

func TestFormsOfCodes(t *testing.T) {
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
