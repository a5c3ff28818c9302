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

func TestIsAction(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{
		"cancel": true, "deploy": true, "undelete": true, "undeploy": true, "batch": true, "batchget": true,
		"anna": false, "un": false, "unanna": false, "": false,
	} {
		if got := IsAction(word); got != want {
			t.Errorf("IsAction(%q) = %v, want %v", word, got, want)
		}
	}
}

func TestIsMarked(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{"me": true, "vocabularies": true, "anna": false, "": false} {
		if got := IsMarked(word); got != want {
			t.Errorf("IsMarked(%q) = %v, want %v", word, got, want)
		}
	}
}

func TestTakesVersion(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{
		"": true, "api": true, "API": true, "services": true, "admin": true, "graphql": true, "shopfront": true,
		"archive": false, "Reports": false, "days": false, "history": false,
	} {
		if got := TakesVersion(word); got != want {
			t.Errorf("TakesVersion(%q) = %v, want %v", word, got, want)
		}
	}
}

func TestIsPictureEnding(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"png": true, "mp4": true, "woff2": true, "csv": false, "json": false, "": false} {
		if got := IsPictureEnding(text); got != want {
			t.Errorf("IsPictureEnding(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestIsCompression(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"gz": true, "zip": true, "json": false, "": false} {
		if got := IsCompression(text); got != want {
			t.Errorf("IsCompression(%q) = %v, want %v", text, got, want)
		}
	}
}
