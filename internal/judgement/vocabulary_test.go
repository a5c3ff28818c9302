package judgement

import "testing"

func TestVocabulary(t *testing.T) {
	t.Parallel()
	lead := func(text string, words ...string) *Sketch {
		s := New(text, nil)
		for _, w := range words {
			s.AddWord(call(w, "GET", nil))
		}
		return s
	}
	checkRows(t, map[string]row{
		"the same words below": {
			leading("", lead("acme", "repos", "teams"), lead("globex", "repos", "teams"), lead("hooli", "repos", "teams")),
			context{}, "acme - globex - hooli -",
		},
		"other words below": {
			leading("", lead("users", "a", "b"), lead("orders", "c", "d"), lead("carts", "e", "f")), context{},
			"users + orders + carts +",
		},
		"values and a name": {
			leading("", lead("acme", "repos", "teams"), lead("globex", "repos", "teams"), lead("hooli", "repos", "teams"),
				lead("search", "code", "issues")), context{}, "acme - search +",
		},
		"nothing below": {leading("", lead("users"), lead("orders")), context{}, "users 0"},
		"a single word": {leading("", lead("users", "a")), context{}, "users 0"},
		"as the ids beside": {
			withIDs(leading("", lead("ann", "posts", "likes")), lead("{}", "posts", "likes")), context{}, "ann -",
		},
	}, RuleVocabulary, (*level).vocabulary)
}

func TestVocabularySaysMoreWithSupport(t *testing.T) {
	t.Parallel()
	if few, many := vocabularyOf(0.6, 1, 4), vocabularyOf(0.6, 7, 4); many >= few || vocabularyOf(0.6, 70, 4) != many {
		t.Errorf("one supporter says %v, seven %v", few, many)
	}
	if few, many := vocabularyOf(0, 0, 1), vocabularyOf(0, 0, 3); few >= many || vocabularyOf(0, 0, 9) != many {
		t.Errorf("one word that differs says %v, three %v", few, many)
	}
}
