package judgement

import (
	"testing"

	"akita/internal/format"
	"akita/internal/shape"
)

func TestSketchSumsUpWhatIsBelow(t *testing.T) {
	t.Parallel()
	s := withIDs(leading("users", call("me", "GET", objectOf("a", "b")), call("", "POST", nil)), calls("{}", "GET", 3, objectOf("a", "b")))
	s.AddOperation("GET", NewOperation(Calls{Count: 2}))
	if s.calls != 7 || s.good != 4 || !s.fine {
		t.Errorf("%d calls, %d with JSON, accepted: %v", s.calls, s.good, s.fine)
	}
	if s.own("POST") == nil || s.own("PUT") != nil {
		t.Error("a trailing slash is the word's own")
	}
	if s.answers() || !s.words["me"].answers() {
		t.Error("what is below a word does not answer for it")
	}
}

func TestKindOfIDs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		values shape.Shape
		want   idKind
	}{
		"integers":                   {shape.Shape{Ints: 2}, strictIDs},
		"UUIDs":                      {shape.Shape{Strs: 2, Formats: shape.Formats{{Format: format.UUID, Count: 2}}}, strictIDs},
		"texts":                      {shape.Shape{Strs: 2}, tokens},
		"both":                       {shape.Shape{Ints: 1, Strs: 1}, strictIDs | tokens},
		"words that were withheld":   {shape.Shape{Opaques: 2}, 0},
		"integers beside such words": {shape.Shape{Ints: 2, Opaques: 1}, strictIDs},
	} {
		if got := kindOfIDs(&test.values); got != test.want {
			t.Errorf("%s are of kind %b, want %b", name, got, test.want)
		}
	}
}
