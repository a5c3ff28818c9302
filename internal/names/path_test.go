package names

import "testing"

func TestPathWords(t *testing.T) {
	t.Parallel()
	type kinds struct{ pronoun, reserved, special, verb, versioned, stage, ending bool }
	tests := map[string]kinds{
		"me": {pronoun: true, reserved: true}, "search": {reserved: true, verb: true}, "latest": {special: true},
		"export": {special: true, verb: true},
		"create": {verb: true}, "release": {versioned: true}, "csv": {ending: true}, "beta": {stage: true}, "users": {}, "": {},
	}
	for word, want := range tests {
		got := kinds{
			IsPronoun(word), IsReserved(word), IsSpecial(word), IsVerb(word), IsVersioned(word),
			IsReleaseStage(word), IsFileEnding(word),
		}
		if got != want {
			t.Errorf("%q is %+v, want %+v", word, got, want)
		}
	}
}
