package judgement

import "testing"

func TestPull(t *testing.T) {
	t.Parallel()
	user := objectOf("login", "name")
	speak := []func(*level){(*level).prior, (*level).echo, (*level).pull}
	values := func(more ...*Sketch) *Sketch {
		return leading("", append(more, echoed("ann", "login", user), echoed("bob", "login", user), echoed("cid", "login", user))...)
	}
	checkRows(t, map[string]row{
		"a word among values":                     {values(call("zoe", "GET", nil)), context{}, "zoe -"},
		"a word that is called as no sibling":     {values(call("zoe", "POST", nil)), context{}, "zoe 0"},
		"a word that leads on, and no value does": {values(leading("zoe", call("x", "GET", nil))), context{}, "zoe 0"},
		"values need none":                        {values(call("zoe", "GET", nil)), context{}, "ann 0"},
		"without a majority":                      {leading("", call("ann", "GET", user), call("zoe", "GET", nil)), context{}, "zoe 0"},
	}, RulePull, speak...)
	few := heard(values(call("zoe", "GET", nil)), context{}, RulePull, speak...)["zoe"]
	busy := heard(values(calls("zoe", "GET", 60, nil)), context{}, RulePull, speak...)["zoe"]
	if few >= busy {
		t.Errorf("a word with one call is pulled by %v, one with sixty by %v", few, busy)
	}
}

func TestPullToNames(t *testing.T) {
	t.Parallel()
	names := leading("", call("search", "GET", nil), call("me", "GET", nil), call("health", "GET", nil), call("status", "GET", nil),
		call("river", "GET", nil))
	speak := func(l *level) {
		for i, m := range l.members {
			if m.text != "river" {
				l.opinions[i].add(RuleGrammar, 2)
			}
		}
	}
	if got := heard(names, context{}, RulePull, speak, (*level).pull)["river"]; got <= 0 {
		t.Errorf("a word among names is pulled by %v", got)
	}
}
