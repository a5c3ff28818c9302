package judgement

import (
	"slices"
	"testing"

	"akita/internal/segment"
)

// sketchOfWords returns a place with words right below it, each called once with success, and below
// some of them others.
func sketchOfWords(words ...string) *Sketch {
	root := New("", nil)
	for _, text := range words {
		word := New(text, nil)
		word.AddOperation("GET", NewOperation(Calls{Count: 1, Served: true, Found: true}))
		root.AddWord(word)
	}
	return root
}

func TestCode(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ words, want []string }{
		"marks":            {[]string{"-", "users"}, []string{"-"}},
		"actions":          {[]string{segment.ActionKey(":cancel"), "items"}, []string{segment.ActionKey(":cancel")}},
		"dated versions":   {[]string{"2024-01", "unstable"}, []string{"2024-01", "unstable"}},
		"words":            {[]string{"users", "orders"}, nil},
		"no words, no say": {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := levelOf(sketchOfWords(test.words...), "")
			l.code()
			if got := l.spoken(RuleCode); !slices.Equal(got, test.want) {
				t.Errorf("%q are code, want %q", got, test.want)
			}
		})
	}
}

func TestActedOn(t *testing.T) {
	t.Parallel()
	root := sketchOfWords("acme", "globex", "collections")
	for _, text := range []string{"acme", "collections"} {
		root.words[text].AddWord(New(segment.ActionKey(":undelete"), nil))
	}
	for above, want := range map[string][]string{"projects": {"acme"}, "project": nil, "": nil} {
		l := levelOf(root, above)
		l.actedOn()
		if got := l.spoken(RuleActedOn); !slices.Equal(got, want) {
			t.Errorf("below %q, %q are acted on, want %q", above, got, want)
		}
	}
}

// levelOf returns the level of the words right below s.
func levelOf(s *Sketch, above string) *level {
	l := &level{context: context{above: above}}
	for _, w := range s.judged() {
		l.members = append(l.members, newCandidate(w))
		l.opinions = append(l.opinions, &opinion{word: w})
	}
	return l
}

// spoken returns the words that a rule spoke for or against.
func (l *level) spoken(r Rule) (words []string) {
	for _, o := range l.opinions {
		if o.of(r) != 0 {
			words = append(words, o.word.text)
		}
	}
	return words
}
